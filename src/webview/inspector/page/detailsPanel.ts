import type { CopyForm, Details, ReportPath } from "../../../core/inspect/browse/browseCalls.js";
import type { Finding } from "../../../core/inspect/finding.js";
import { filled, type InspectorWords } from "../words.js";
import { button, element } from "./dom.js";
import { icon, statusWord } from "./icons.js";
import { openMenu } from "./popupMenu.js";

/** What can be done with a node. */
export interface NodeActions {
  readonly copy: (id: string, form: CopyForm) => void;
  readonly save: (id: string) => void;
  readonly open: (id: string) => void;
  readonly reveal: (id: string) => void;
  readonly showReport: (report: ReportPath) => void;
}

/** The forms in which a node can be copied, with their names. */
export function copyChoices(words: InspectorWords, hasBytes: boolean): readonly (readonly [CopyForm, string])[] {
  const ofBytes: readonly (readonly [CopyForm, string])[] = [
    ["hex", words.copyHex],
    ["base64", words.copyBase64],
    ["pem", words.copyPem],
    ["c", words.copyC],
  ];
  return [["value", words.copyValue], ...(hasBytes ? ofBytes : []), ["path", words.copyPath]];
}

/** Fills a panel with everything about a node. */
export function fillDetails(panel: HTMLElement, details: Details, words: InspectorWords, actions: NodeActions): void {
  const { label, status, path, explanation, citation } = details;
  const focused = document.activeElement instanceof HTMLElement && panel.contains(document.activeElement);
  const again = focused ? (document.activeElement as HTMLElement).dataset["action"] : undefined;
  panel.replaceChildren(
    element(
      "h2",
      { class: "details-label" },
      ...(status ? [icon(status)] : []),
      element("span", { text: label }),
      ...(status ? [element("span", { class: "details-status", text: statusWord(words, status) })] : []),
    ),
    ...(path.length > 2 ? [element("p", { class: "details-path", text: path.slice(1, -1).join(" › ") })] : []),
    ...valuesOf(details),
    ...(details.hidden ? [element("p", { class: "quiet", text: words.secretBytes })] : []),
    ...(explanation === undefined ? [] : [element("p", { class: "details-text", text: explanation })]),
    facts(details, citation, words),
    ...(details.findings.length === 0 ? [] : [findingList(details.findings, words)]),
    buttons(details, words, actions),
  );
  if (again !== undefined) panel.querySelector<HTMLElement>(`[data-action="${again}"]`)?.focus();
}

/** The value in words; where these shorten it, or leave something out, the whole value as well. */
function valuesOf(details: Details): readonly HTMLElement[] {
  const { value, wholeValue } = details;
  if (wholeValue === undefined) return value === undefined ? [] : [valueOf(details, value)];
  if (value === undefined || value.endsWith("…")) return [valueOf(details, wholeValue)];
  return value.includes(wholeValue)
    ? [valueOf(details, value)]
    : [valueOf(details, value), valueOf(details, wholeValue)];
}

function valueOf(details: Details, shown: string): HTMLElement {
  // A long value scrolls in its own box, which the keyboard has to reach.
  const isLong = shown.length > 400;
  return element("pre", {
    class: "details-value",
    text: shown,
    ...(isLong && { attributes: { tabindex: "0", "aria-label": details.label } }),
  });
}

function facts({ asn1, place }: Details, citation: string | undefined, words: InspectorWords): HTMLElement {
  const list = element("dl", { class: "facts" });
  const add = (name: string, text: string): void => {
    list.append(element("dt", { text: name }), element("dd", { text }));
  };
  if (citation !== undefined) add(words.definedIn, citation);
  if (asn1) add(words.type, `${asn1.type} (${asn1.form})`);
  if (place) {
    const length = place.end - place.start;
    const offset = [place.start, `0x${place.start.toString(16)}`] as const;
    add(
      words.place,
      asn1
        ? filled(words.placeWithHeader, ...offset, length, asn1.headerLength, length - asn1.headerLength)
        : filled(words.placeOf, ...offset, length),
    );
  }
  return list;
}

/** Findings with what to do about them. */
export function findingList(findings: readonly Finding[], words: InspectorWords): HTMLElement {
  return element(
    "ul",
    { class: "details-findings" },
    ...findings.map((finding) =>
      element(
        "li",
        { class: "finding" },
        icon(finding.severity),
        element(
          "div",
          {},
          element(
            "p",
            {},
            element("strong", { text: `${statusWord(words, finding.severity)}: ` }),
            document.createTextNode(finding.message),
          ),
          element("p", {}, element("strong", { text: `${words.remedy} ` }), document.createTextNode(finding.remedy)),
          element("p", { class: "quiet", text: `${finding.code} · ${finding.citation}` }),
        ),
      ),
    ),
  );
}

function buttons(details: Details, words: InspectorWords, actions: NodeActions): HTMLElement {
  const { id, place, inner } = details;
  const named = (text: string, action: string, press: () => void): HTMLButtonElement => {
    const made = button(text, press, { class: "button" });
    made.dataset["action"] = action;
    return made;
  };
  const copyAs = named(words.copyAs, "copyAs", () => {
    const { left, bottom } = copyAs.getBoundingClientRect();
    const items = copyChoices(words, place !== undefined).map(([form, label]) => ({
      label,
      run: () => actions.copy(id, form),
    }));
    openMenu(words.copyAs, items, { x: left, y: bottom + 2 });
  });
  copyAs.setAttribute("aria-haspopup", "menu");
  return element(
    "div",
    { class: "buttons" },
    copyAs,
    ...(details.secret ? [named(words.reveal, "reveal", () => actions.reveal(id))] : []),
    ...(inner ? [named(words.showInner, "inner", () => actions.showReport(inner))] : []),
    ...(place
      ? [named(words.openInner, "open", () => actions.open(id)), named(words.save, "save", () => actions.save(id))]
      : []),
  );
}
