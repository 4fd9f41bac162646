import type { Match, SearchAnswer } from "../../../core/inspect/browse/browseCalls.js";
import { filled, type InspectorWords } from "../words.js";
import { button, element, setText } from "./dom.js";
import { icon } from "./icons.js";

/** What the search asks of the page around it. */
export interface SearchBarParts {
  readonly words: InspectorWords;
  readonly search: (text: string) => Promise<SearchAnswer>;
  /** All that was found, each time it changes. */
  readonly found: (matches: readonly Match[]) => void;
  /** The match to look at. */
  readonly show: (match: Match) => void;
  /** The search was left with Escape. */
  readonly left: () => void;
  readonly failed: (error: unknown) => void;
}

/** Milliseconds after the last key before a search begins. */
const pause = 150;

/** The search field with its two arrows and the count of what was found. */
export class SearchBar {
  readonly element: HTMLElement;
  readonly #input: HTMLInputElement;
  readonly #count = element("span", { class: "search-count", attributes: { role: "status" } });
  readonly #steps: readonly HTMLButtonElement[];
  #answer: SearchAnswer = { matches: [], more: false };
  #at = -1;
  #asked = "";
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly parts: SearchBarParts) {
    const { words } = parts;
    this.#input = element("input", {
      class: "search-input",
      attributes: { type: "search", placeholder: words.searchHint, "aria-label": words.search, spellcheck: "false" },
      on: {
        input: () => this.#soon(),
        keydown: (event) => this.#key(event),
      },
    });
    this.#steps = [
      this.#step("previous", words.previous, () => this.step(-1)),
      this.#step("next", words.next, () => this.step(1)),
    ];
    this.element = element("search", { class: "search" }, this.#input, this.#count, ...this.#steps);
  }

  focus(): void {
    this.#input.focus();
    this.#input.select();
  }

  /** Goes to the next match, or the one before. */
  step(by: 1 | -1): void {
    const { length } = this.#answer.matches;
    if (this.#input.value.trim() !== this.#asked) {
      this.#run(by).catch(this.parts.failed);
    } else if (length > 0) {
      this.#show(this.#at < 0 && by < 0 ? length - 1 : (this.#at + by + length) % length);
    }
  }

  /** Forgets what was found: another tree is shown. */
  clear(): void {
    this.#input.value = "";
    this.#take("", { matches: [], more: false });
  }

  #step(name: "next" | "previous", label: string, press: () => void): HTMLButtonElement {
    const made = button("", press, { class: "icon-button", title: label, attributes: { "aria-label": label } });
    made.append(icon(name));
    made.disabled = true;
    return made;
  }

  #key(event: KeyboardEvent): void {
    if (event.key === "Enter") {
      event.preventDefault();
      this.step(event.shiftKey ? -1 : 1);
    } else if (event.key === "Escape") {
      event.preventDefault();
      if (this.#input.value !== "") this.clear();
      this.parts.left();
    }
  }

  #soon(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#run(0).catch(this.parts.failed), pause);
  }

  async #run(step: 0 | 1 | -1): Promise<void> {
    clearTimeout(this.#timer);
    const text = this.#input.value.trim();
    const answer = text === "" ? { matches: [], more: false } : await this.parts.search(text);
    // Something else may have been typed meanwhile, whose search is on its way.
    if (text !== this.#input.value.trim()) return;
    this.#take(text, answer);
    if (answer.matches.length > 0) this.#show(step < 0 ? answer.matches.length - 1 : 0);
  }

  #take(text: string, answer: SearchAnswer): void {
    this.#asked = text;
    this.#answer = answer;
    this.#at = -1;
    for (const step of this.#steps) step.disabled = answer.matches.length === 0;
    setText(this.#count, text !== "" && answer.matches.length === 0 ? this.parts.words.noMatch : "");
    this.parts.found(answer.matches);
  }

  #show(index: number): void {
    const match = this.#answer.matches[index];
    if (!match) return;
    this.#at = index;
    const { matchOf, matchOfMore } = this.parts.words;
    const { matches, more } = this.#answer;
    setText(this.#count, filled(more ? matchOfMore : matchOf, index + 1, matches.length));
    this.parts.show(match);
  }
}
