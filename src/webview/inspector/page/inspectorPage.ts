import { titledHeadline } from "../../../core/inspect/besideTitle.js";
import type { CopyForm, Details, Match, NodeRef, ReportPath, View } from "../../../core/inspect/browse/browseCalls.js";
import type { RemoteCalls } from "../../../core/remoteCalls.js";
import type { Hello, HostCalls, PageCalls } from "../protocol.js";
import { ByteCache } from "./byteCache.js";
import { copyChoices, fillDetails, type NodeActions } from "./detailsPanel.js";
import { button, element } from "./dom.js";
import { grouped } from "./grouped.js";
import { headView } from "./headView.js";
import { HexView } from "./hexView.js";
import { icon } from "./icons.js";
import { PictureView } from "./pictureView.js";
import { openMenu } from "./popupMenu.js";
import { SearchBar } from "./searchBar.js";
import { splitter } from "./splitter.js";
import { TreeView } from "./treeView.js";

/** What the page remembers while it is hidden or VS Code is closed. */
export interface Remembered {
  readonly node?: NodeRef;
  /** The tree's share of the width, in percent. */
  readonly split?: number;
}

/** Everything on the page, and how its parts move one another. */
export class InspectorPage {
  readonly #cache: ByteCache;
  readonly #tree: TreeView;
  readonly #hex: HexView;
  readonly #search: SearchBar;
  readonly #picture: PictureView | undefined;
  readonly #head = element("header", { class: "head" });
  readonly #details: HTMLElement;
  readonly #missing = element("div", { class: "missing", attributes: { role: "status" } });
  readonly #closing = new AbortController();
  readonly #notice = element("div", { class: "notice", attributes: { role: "status" } });
  readonly #bufferChoice: HTMLSelectElement;
  #view: View;
  #selected: string;
  /** Of what comes late only the last that was asked for counts. */
  #turn = 0;
  #noticeTimer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly main: HTMLElement,
    private readonly host: RemoteCalls<HostCalls, PageCalls>,
    private readonly hello: Hello,
    private remembered: Remembered,
    private readonly remember: (state: Remembered) => void,
  ) {
    const { words, overview, view } = hello;
    this.#view = view;
    this.#selected = view.root.id;
    const fontSize = Number.parseFloat(getComputedStyle(main).fontSize) || 13;
    const monospaceSize = Number.parseFloat(
      getComputedStyle(document.documentElement).getPropertyValue("--vscode-editor-font-size"),
    );
    this.#cache = new ByteCache(
      (place) => host.call("bytes", place),
      () => this.#hex.list.refresh(),
      (error) => this.#failed(error),
    );
    this.#hex = new HexView({
      words,
      rowHeight: Math.round((monospaceSize || 13) * 1.6),
      cache: this.#cache,
      moved: (buffer, offset) => this.#run(() => this.#selectByte(buffer, offset)),
    });
    this.#tree = new TreeView(
      {
        words,
        rowHeight: Math.round(fontSize * 1.7),
        fetch: async (id, from, count) =>
          (await host.call("children", { report: this.#view.report, id, from, count })).rows,
        unfold: (id, levels) => this.#unfold(id, levels),
        selected: (id) => this.#run(() => this.#showNode(id, true)),
        menu: (id, at) => this.#menu(id, at),
        failed: (error) => this.#failed(error),
      },
      view.root,
      view.children,
    );
    this.#search = new SearchBar({
      words,
      search: (text) => host.call("search", { report: this.#view.report, text }),
      found: (matches) => this.#tree.setMatches(matches.map(({ id }) => id)),
      show: (match) => this.#run(() => this.#showMatch(match)),
      left: () => {
        this.#hex.frame(undefined);
        this.#tree.focus();
      },
      failed: (error) => this.#failed(error),
    });
    this.#picture = overview.picture && new PictureView(overview.picture, words, (report) => this.#showReport(report));
    this.#details = element("section", {
      class: "details",
      attributes: { "aria-label": words.details, tabindex: "0" },
    });
    this.#bufferChoice = element("select", {
      class: "picker",
      attributes: { "aria-label": words.buffer },
      on: { change: () => this.#showBuffer(Number(this.#bufferChoice.value)) },
    });
    this.#lay();
    this.#showView(view);
    if (hello.missing !== undefined) this.tellMissing(hello.missing);
    document.addEventListener("keydown", (event) => this.#key(event), { signal: this.#closing.signal });
  }

  /** Shows what the extension wants shown, or what was shown last; else the evidence for the verdict. */
  begin(focus = false): Promise<void> {
    return this.#showFirst(focus);
  }

  /** Ends this page, in whose place another one comes; whether something in it had the focus. */
  close(): boolean {
    this.#closing.abort();
    clearTimeout(this.#noticeTimer);
    return this.main.contains(document.activeElement);
  }

  /** Says, for as long as the page stands, why this is not what the file holds. */
  tellMissing(sentence: string): void {
    this.#missing.textContent = sentence;
  }

  /** Shows a node of any report. */
  show({ report, id }: NodeRef): void {
    this.#run(async () => {
      await this.#openReport(report);
      await this.#select(id);
    });
  }

  #lay(): void {
    const { words } = this.hello;
    const treePane = element(
      "section",
      { class: "pane tree-pane", attributes: { "aria-label": words.structure } },
      element(
        "div",
        { class: "toolbar" },
        this.#search.element,
        this.#iconButton("unfold", words.unfoldAll, () => this.#run(() => this.#tree.unfoldAll())),
        this.#iconButton("fold", words.foldAll, () => this.#tree.foldAll()),
      ),
      element(
        "div",
        { class: "captions", attributes: { "aria-hidden": "true" } },
        element("span", { text: words.name }),
        element("span", { class: "number", text: words.offset }),
        element("span", { class: "number", text: words.length }),
      ),
      this.#tree.list.element,
    );
    const bytePane = element(
      "section",
      { class: "pane byte-pane", attributes: { "aria-label": words.bytes } },
      element(
        "div",
        { class: "toolbar" },
        element("span", { class: "toolbar-word", text: words.buffer }),
        this.#bufferChoice,
      ),
      this.#hex.list.element,
    );
    const right = element("div", { class: "right" }, bytePane, this.#details);
    const work = element("div", { class: "work" });
    const bar = splitter(words.splitter, this.remembered.split ?? 44, (percent) => {
      work.style.setProperty("--split", `${percent}%`);
      this.#keep({ split: percent });
    });
    work.append(treePane, bar, right);
    this.main.replaceChildren(
      this.#missing,
      this.#head,
      ...(this.#picture ? [this.#picture.element] : []),
      work,
      this.#notice,
    );
  }

  #iconButton(name: "unfold" | "fold", label: string, press: () => void): HTMLButtonElement {
    const made = button("", press, { class: "icon-button", title: label, attributes: { "aria-label": label } });
    made.append(icon(name));
    return made;
  }

  #showView(view: View): void {
    const { words, overview } = this.hello;
    this.#view = view;
    this.#selected = view.root.id;
    this.#head.replaceChildren(
      ...headView(overview, view, words, {
        showReport: (report) => this.#showReport(report),
        showMatch: (match) => this.#run(() => this.#showMatch(match, true)),
        openAsText: this.hello.canOpenAsText ? () => this.#run(() => this.host.call("openAsText")) : undefined,
        save: () => this.#save(view.root.id),
      }),
    );
    document.title = titledHeadline(view.title, view.verdict.headline);
    this.#tree.show(view.root, view.children);
    this.#search.clear();
    this.#bufferChoice.replaceChildren(
      ...view.buffers.map(({ id, label, length }) =>
        element("option", { text: `${label} · ${grouped(length)} B`, attributes: { value: String(id) } }),
      ),
    );
    this.#bufferChoice.disabled = view.buffers.length < 2;
    this.#showBuffer(view.buffers[0]?.id);
    this.#picture?.mark(view.report);
  }

  #showBuffer(id: number | undefined): void {
    const buffer = this.#view.buffers.find((candidate) => candidate.id === id);
    this.#hex.show(buffer);
    if (buffer) this.#bufferChoice.value = String(buffer.id);
  }

  #showReport(report: ReportPath): void {
    this.#run(async () => {
      if (await this.#openReport(report)) await this.#showFirst();
      else await this.#showMatch(this.#view.evidence);
      this.#head.querySelector<HTMLElement>(".crumbs button, .crumbs select")?.focus({ preventScroll: true });
    });
  }

  /** Whether it had to be opened first. */
  async #openReport(report: ReportPath): Promise<boolean> {
    if (report.join() === this.#view.report.join()) return false;
    this.#showView(await this.host.call("view", { report }));
    return true;
  }

  /** Shows what the view begins with, of which it brought everything that is needed. */
  async #showFirst(focus = false): Promise<void> {
    const { match, location, details, bytes } = this.#view.first;
    const turn = ++this.#turn;
    if (bytes) this.#cache.put(bytes);
    await this.#tree.select(location.steps, focus);
    if (turn !== this.#turn) return;
    this.#fill(details, true);
    this.#showPlace(match);
  }

  /** Selects a node that may be anywhere, in the tree, the bytes and the panel. */
  async #select(id: string, focus = false): Promise<void> {
    const turn = ++this.#turn;
    const { steps } = await this.host.call("locate", { report: this.#view.report, id });
    if (turn !== this.#turn) return;
    await this.#tree.select(steps, focus);
    if (turn === this.#turn) await this.#showNode(id, true);
  }

  /** Selects the node that a byte belongs to, and leaves the bytes where they are. */
  async #selectByte(buffer: number, offset: number): Promise<void> {
    const turn = ++this.#turn;
    const found = await this.host.call("nodeAt", { report: this.#view.report, buffer, offset, near: this.#selected });
    if (!found || turn !== this.#turn) return;
    await this.#tree.select(found.steps);
    if (turn === this.#turn) await this.#showNode(found.id, false);
  }

  async #showMatch({ id, ...found }: Match, focus = false): Promise<void> {
    await this.#select(id, focus);
    this.#showPlace(found);
  }

  /** Frames the very bytes that were found, where it is bytes. */
  #showPlace({ place }: Pick<Match, "place">): void {
    if (place) this.#showBuffer(place.buffer);
    this.#hex.frame(place);
  }

  /** Shows a node of the tree in the bytes and the panel. */
  async #showNode(id: string, reveal: boolean): Promise<void> {
    this.#selected = id;
    const turn = ++this.#turn;
    const details = await this.host.call("details", { report: this.#view.report, id });
    if (turn === this.#turn) this.#fill(details, reveal);
  }

  #fill(details: Details, reveal: boolean): void {
    const { id } = details;
    this.#selected = id;
    // First the panel, which may leave the bytes less room.
    fillDetails(this.#details, details, this.hello.words, this.#actions);
    const { place, asn1 } = details;
    if (place) {
      this.#showBuffer(place.buffer);
      this.#hex.light(place, asn1?.headerLength ?? 0, reveal);
    } else {
      this.#hex.light(undefined, 0, false);
    }
    this.#keep({ node: { report: this.#view.report, id } });
  }

  readonly #actions: NodeActions = {
    copy: (id, form) => this.#copy(id, form),
    save: (id) => this.#save(id),
    open: (id) => this.#run(() => this.host.call("openNode", this.#ref(id))),
    reveal: (id) => this.#run(() => this.#reveal(id)),
    showReport: (report) => this.#showReport(report),
  };

  #copy(id: string, form: CopyForm): void {
    this.#run(async () => {
      const { text } = await this.host.call("copy", { ...this.#ref(id), form });
      try {
        await navigator.clipboard.writeText(text);
      } catch {
        // A browser may refuse a page what it allows VS Code.
        await this.host.call("toClipboard", { text });
      }
      this.#tell(this.hello.words.copied);
    });
  }

  #save(id: string): void {
    this.#run(async () => {
      const { said } = await this.host.call("saveNode", this.#ref(id));
      if (said !== undefined) this.#tell(said);
    });
  }

  async #reveal(id: string): Promise<void> {
    const { secret } = await this.host.call("reveal", this.#ref(id));
    this.#cache.clear();
    this.#hex.list.refresh();
    if (id !== this.#selected) return;
    await this.#showNode(id, false);
    if (secret === undefined) return;
    const value = this.#details.querySelector(".details-value");
    if (value) value.textContent = secret === "" ? this.hello.words.emptyValue : secret;
  }

  async #unfold(id: string, levels: number): ReturnType<HostCalls["unfold"]> {
    const answer = await this.host.call("unfold", { ...this.#ref(id), levels });
    if (answer.more) this.#tell(this.hello.words.unfoldedPart);
    return answer;
  }

  #menu(id: string, at: { readonly x: number; readonly y: number }): void {
    const { words } = this.hello;
    this.#run(async () => {
      const { place, secret } = await this.host.call("details", this.#ref(id));
      const copies = copyChoices(words, place !== undefined).map(([form, label]) => ({
        label: `${words.copy}: ${label}`,
        run: () => this.#copy(id, form),
      }));
      const others = place
        ? [
            { label: words.openInner, run: () => this.#actions.open(id) },
            { label: words.save, run: () => this.#save(id) },
          ]
        : [];
      const reveal = secret ? [{ label: words.reveal, run: () => this.#actions.reveal(id) }] : [];
      openMenu(words.copyAs, [...copies, ...reveal, ...others], at);
    });
  }

  #key(event: KeyboardEvent): void {
    const withControl = event.ctrlKey || event.metaKey;
    if (withControl && event.key.toLowerCase() === "f") {
      event.preventDefault();
      this.#search.focus();
    } else if (event.key === "F3") {
      event.preventDefault();
      this.#search.step(event.shiftKey ? -1 : 1);
    } else if (
      withControl &&
      event.key.toLowerCase() === "c" &&
      String(getSelection()) === "" &&
      !isInput(event.target)
    ) {
      event.preventDefault();
      const inBytes = this.#hex.list.element.contains(document.activeElement);
      this.#copy(this.#selected, inBytes ? "hex" : "value");
    }
  }

  #ref(id: string): NodeRef {
    return { report: this.#view.report, id };
  }

  #keep(change: Remembered): void {
    this.remembered = { ...this.remembered, ...change };
    this.remember(this.remembered);
  }

  #run(work: () => Promise<unknown>): void {
    work().catch((error: unknown) => this.#failed(error));
  }

  #failed(error: unknown): void {
    this.#tell(error instanceof Error ? error.message : String(error));
  }

  /** Says something in a sentence, for eyes and screen readers. */
  #tell(sentence: string): void {
    clearTimeout(this.#noticeTimer);
    this.#notice.textContent = sentence;
    this.#noticeTimer = setTimeout(() => (this.#notice.textContent = ""), 4000 + sentence.length * 60);
  }
}

function isInput(target: EventTarget | null): boolean {
  return target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement;
}
