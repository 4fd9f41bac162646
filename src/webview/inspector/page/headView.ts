import type {
  FindingLine,
  Match,
  Overview,
  ReportLine,
  ReportPath,
  View,
} from "../../../core/inspect/browse/browseCalls.js";
import { titledHeadline } from "../../../core/inspect/besideTitle.js";
import { filled, type InspectorWords } from "../words.js";
import { button, element } from "./dom.js";
import { grouped } from "./grouped.js";
import { icon, statusWord } from "./icons.js";

/** What the head's buttons do. */
export interface HeadActions {
  readonly showReport: (report: ReportPath) => void;
  readonly showMatch: (match: Match) => void;
  readonly openAsText: (() => void) | undefined;
  readonly save: () => void;
}

/** The head of the page: where this message stands, what it is, how it went, why, what to do, and what was noticed. */
export function headView(
  overview: Overview,
  view: View,
  words: InspectorWords,
  actions: HeadActions,
): readonly HTMLElement[] {
  const { verdict, title } = view;
  return [
    ...crumbs(overview, view, words, actions),
    element(
      "section",
      { class: `verdict verdict-${verdict.status}`, attributes: { "aria-label": words.verdict } },
      element(
        "div",
        { class: "headline" },
        icon(verdict.status),
        element("h1", { text: titledHeadline(title, verdict.headline) }),
        element("span", { class: "badge", text: statusWord(words, verdict.status) }),
        element("span", { class: "origin", text: originOf(overview, view) }),
      ),
      element("p", { class: "sentence", text: verdict.sentence }),
      verdict.remedy === undefined
        ? undefined
        : element(
            "p",
            { class: "remedy" },
            element("strong", { text: `${words.whatToDo} ` }),
            document.createTextNode(verdict.remedy),
          ),
      element(
        "div",
        { class: "buttons" },
        view.evidence.id === view.root.id
          ? undefined
          : button(words.showEvidence, () => actions.showMatch(view.evidence), { class: "button primary" }),
        actions.openAsText && button(words.openAsText, actions.openAsText, { class: "button" }),
        view.root.place && button(words.save, actions.save, { class: "button" }),
      ),
    ),
    ...(view.findings.length === 0 ? [] : [findings(view.findings, words, actions)]),
  ];
}

function originOf({ name }: Overview, { source, encoding, root, title }: View): string {
  const bytes = root.place && root.place.end - root.place.start;
  const where = source?.name === undefined || source.name === title ? name : source.name;
  return [where, bytes === undefined ? undefined : `${grouped(bytes)} B`, encoding]
    .filter((part) => part !== undefined)
    .join(" · ");
}

/** The way from the file to this message, and the messages inside it. */
function crumbs(overview: Overview, view: View, words: InspectorWords, actions: HeadActions): readonly HTMLElement[] {
  const isOneOfMany = overview.artifacts.length > 1;
  // The first of the crumbs is the artifact that the list of these names already.
  const above = isOneOfMany ? view.crumbs.slice(1) : view.crumbs;
  // What an exchange holds is in the picture.
  const inside = overview.picture && isConversation(overview, view) ? [] : view.contains;
  if (!isOneOfMany && above.length === 0 && inside.length === 0) return [];
  const link = (line: ReportLine): HTMLElement => {
    const made = button("", () => actions.showReport(line.report), {
      class: "link",
      title: titledHeadline(line.title, line.headline),
    });
    made.append(
      icon(line.status),
      element("span", { class: "link-text", text: line.title }),
      element("span", { class: "hidden-words", text: `, ${statusWord(words, line.status)}` }),
    );
    return made;
  };
  const here = element("span", { class: "here", text: view.title, attributes: { "aria-current": "page" } });
  const isInside = view.crumbs.length > 0;
  const way = [
    ...(isOneOfMany ? [picker(overview, view, words, actions)] : []),
    ...above.map(link),
    ...(isInside ? [here] : []),
  ];
  return [
    element(
      "nav",
      { class: "crumbs", attributes: { "aria-label": words.path } },
      way.length === 0 ? undefined : element("ol", { class: "way" }, ...way.map((item) => element("li", {}, item))),
      inside.length === 0 ? undefined : element("span", { class: "inside-word", text: words.inside }),
      inside.length === 0
        ? undefined
        : element(
            "ul",
            { class: "inside", attributes: { "aria-label": words.inside } },
            ...inside.slice(0, mostInside).map((line) => element("li", {}, link(line))),
          ),
    ),
  ];
}

/** Messages inside a message that are linked at its head; all of them are in the tree. */
const mostInside = 12;

/** Whether a view is of an exchange, or of several. */
function isConversation({ picture }: Overview, { report }: View): boolean {
  return (picture?.exchanges ?? []).some((exchange) =>
    report.every((index, depth) => exchange.report[depth] === index),
  );
}

/** Which of several messages of a file is shown. */
function picker(overview: Overview, view: View, words: InspectorWords, actions: HeadActions): HTMLElement {
  const marks = { error: "✗", warning: "⚠", info: "ℹ", ok: "✓" };
  const select = element("select", {
    class: "picker",
    attributes: { "aria-label": words.artifacts },
    on: { change: () => actions.showReport([Number(select.value)]) },
  });
  for (const [index, { title, headline, status, source }] of overview.artifacts.entries()) {
    const text = `${marks[status]} ${index + 1}. ${titledHeadline(title, headline)}${source === undefined || source === title ? "" : ` (${source})`}`;
    select.append(element("option", { text, attributes: { value: String(index) } }));
  }
  select.value = String(view.report[0] ?? 0);
  return select;
}

/** Everything that was noticed; each leads to its place. */
function findings(all: readonly FindingLine[], words: InspectorWords, actions: HeadActions): HTMLElement {
  const counts = (["error", "warning", "info"] as const).flatMap((severity) => {
    const { length } = all.filter((finding) => finding.severity === severity);
    const text = length === 1 ? words[`${severity}One`] : filled(words[`${severity}Many`], length);
    return length === 0 ? [] : [element("span", { class: "count" }, icon(severity), element("span", { text }))];
  });
  const summary = element("summary", {}, element("span", { class: "summary-title", text: words.findings }), ...counts);
  const list = element(
    "ul",
    { class: "finding-lines", attributes: { "aria-label": words.findings } },
    ...all.slice(0, 200).map((finding) => {
      const { node, place } = finding;
      const line = button("", () => node !== undefined && actions.showMatch({ id: node, ...(place && { place }) }), {
        class: "finding-line",
      });
      line.append(
        icon(finding.severity),
        element("span", { class: "hidden-words", text: `${statusWord(words, finding.severity)}: ` }),
        element("span", { class: "finding-message", text: finding.message }),
        element("span", { class: "quiet", text: finding.citation }),
      );
      line.disabled = node === undefined;
      return element("li", {}, line);
    }),
    all.length > 200 ? element("li", { class: "quiet", text: filled(words.items, all.length) }) : undefined,
  );
  return element("details", { class: "findings" }, summary, list);
}
