import type { ExchangePicture, PictureExchange, ReportPath } from "../../../core/inspect/browse/browseCalls.js";
import { filled, type InspectorWords } from "../words.js";
import { button, element, setAttribute } from "./dom.js";
import { icon, statusWord } from "./icons.js";
import { VirtualList } from "./virtualList.js";

/** Height of an exchange in the picture, in pixels, and exchanges that are seen without scrolling. */
const rowHeight = 44;
const mostSeen = 3.5;

/** The conversation as lanes with arrows between them; every arrow is a button that shows its message. */
export class PictureView {
  readonly element: HTMLElement;
  readonly #list: VirtualList<HTMLDivElement>;
  #report: ReportPath = [];
  /** Something else is in the picture as well. */
  #isOneOfMany = false;

  constructor(
    private readonly picture: ExchangePicture,
    private readonly words: InspectorWords,
    private readonly showReport: (report: ReportPath) => void,
  ) {
    const { exchanges, lanes } = picture;
    this.#list = new VirtualList<HTMLDivElement>({
      class: "exchanges",
      rowHeight,
      attributes: { role: "list", "aria-label": words.conversation },
      make: () => element("div", { class: "exchange", attributes: { role: "listitem" } }),
      fill: (row, index) => this.#fill(row, index),
    });
    this.#list.element.style.height = `${Math.min(exchanges.length, mostSeen) * rowHeight}px`;
    const head = element(
      "div",
      { class: "lanes", attributes: { "aria-hidden": "true" } },
      ...lanes.map(({ party, label }) => element("span", { class: `lane lane-${party}`, text: label })),
    );
    this.element = element(
      "section",
      { class: "picture", attributes: { "aria-label": words.conversation } },
      head,
      this.#list.element,
    );
    this.element.dataset["lanes"] = String(lanes.length);
    this.#list.setCount(exchanges.length);
  }

  /** Marks the message that is shown, and brings it into sight. */
  mark(report: ReportPath): void {
    this.#report = report;
    const { exchanges } = this.picture;
    this.#isOneOfMany = exchanges.some((exchange) => !this.#isShown(exchange));
    const index = exchanges.findIndex((exchange) => this.#isShown(exchange));
    if (index >= 0) this.#list.reveal(index);
    else this.#list.refresh();
  }

  #fill(row: HTMLDivElement, index: number): void {
    const exchange = this.picture.exchanges[index];
    if (!exchange) return;
    if (row.dataset["index"] !== String(index)) {
      row.dataset["index"] = String(index);
      row.replaceChildren(...this.#cells(exchange));
    }
    setAttribute(row, "aria-posinset", String(index + 1));
    setAttribute(row, "aria-setsize", String(this.picture.exchanges.length));
    const target = row.querySelectorAll<HTMLElement>("button");
    const parts = [exchange.request.report ?? exchange.report, exchange.response?.report ?? exchange.report];
    for (const [i, part] of parts.entries()) {
      const isShown = isWithin(this.#report, part) && (i === 0 || parts[0] !== part);
      const arrow = target[i];
      if (arrow) setAttribute(arrow, "aria-current", isShown ? "true" : undefined);
    }
    row.classList.toggle("shown", this.#isOneOfMany && this.#isShown(exchange));
  }

  /** Whether what is shown is an exchange, in it, or around it. */
  #isShown({ report }: PictureExchange): boolean {
    return isWithin(this.#report, report) || isWithin(report, this.#report);
  }

  #cells(exchange: PictureExchange): readonly HTMLElement[] {
    const { words } = this;
    const { operation, request, response, outcome, status, durationMs, issuedBy } = exchange;
    const time = exchange.startedAt === undefined ? undefined : timeOfDay(exchange.startedAt);
    const took = durationMs === undefined ? undefined : `${durationMs} ms`;
    const asked = button("", () => this.showReport(request.report ?? exchange.report), {
      class: "arrow arrow-request",
      title: request.summary,
    });
    asked.append(
      hidden(`${words.request}: `),
      element("span", { class: "arrow-label", text: operation }),
      hidden(", "),
      element("span", { class: "quiet", text: request.summary }),
    );
    const told = response ? [response.summary, took].filter(Boolean).join(" · ") : words.noResponse;
    const answered = button("", () => this.showReport(response?.report ?? exchange.report), {
      class: `arrow arrow-response${response ? "" : " arrow-lost"}`,
      title: `${outcome} · ${told}`,
    });
    answered.append(
      icon(status),
      hidden(`${words.response}: ${statusWord(words, status)}, `),
      element("span", { class: "arrow-label", text: outcome }),
      hidden(", "),
      element("span", { class: "quiet", text: told }),
    );
    const behind = this.picture.lanes.length > 2 ? [element("span", { class: "behind" })] : [];
    if (issuedBy !== undefined) behind[0]?.append(filled(words.issuedBy, issuedBy));
    return [
      element("span", { class: "exchange-time", text: time ?? "" }),
      element("div", { class: "between" }, asked, answered),
      ...behind,
    ];
  }
}

function hidden(text: string): HTMLElement {
  return element("span", { class: "hidden-words", text });
}

function isWithin(report: ReportPath, outer: ReportPath): boolean {
  return outer.every((index, depth) => report[depth] === index);
}

/** `14:02:11` of a time in ISO 8601, in the zone of the reader. */
function timeOfDay(iso: string): string {
  const at = new Date(iso);
  return Number.isNaN(at.getTime()) ? "" : at.toTimeString().slice(0, 8);
}
