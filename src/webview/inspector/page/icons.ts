import type { NodeStatus } from "../../../core/inspect/report.js";
import type { InspectorWords } from "../words.js";

/** The outlines of the icons, in a square of 16. Each status has a shape of its own, so that colour is never needed. */
const paths = {
  error:
    "M8 1.5a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13zm2.9 8.7-.7.7L8 8.7l-2.2 2.2-.7-.7L7.3 8 5.1 5.8l.7-.7L8 7.3l2.2-2.2.7.7L8.7 8z",
  warning: "M7.5 1.6h1l6.3 12-.5.9H1.7l-.5-.9zM7.4 6v4.2h1.2V6zm0 5.3v1.3h1.2v-1.3z",
  info: "M8 1.5a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13zM7.4 4.6h1.2v1.3H7.4zm0 2.4h1.2v4.6H7.4z",
  ok: "M8 1.5a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13zm-.9 9.3L4.2 7.9l.8-.8 2.1 2.1 4-4.3.8.8z",
  twistie: "M5.7 13.7 5 13l5-5-5-5 .7-.7L11.4 8z",
  previous: "m3.6 10.4-.7-.7L8 4.6l5.1 5.1-.7.7L8 6z",
  next: "m3.6 5.6-.7.7L8 11.4l5.1-5.1-.7-.7L8 10z",
  unfold: "M3 3h10v1H3zm4.5 3h1v2.5H11v1H8.5V12h-1V9.5H5v-1h2.5z",
  fold: "M3 3h10v1H3zm2 5.5h6v1H5z",
  close: "m8 7.3 4-4 .7.7-4 4 4 4-.7.7-4-4-4 4-.7-.7 4-4-4-4 .7-.7z",
} as const;

/** The name of an icon. */
export type IconName = keyof typeof paths;

/** An icon that says nothing by itself: words stand beside it. */
export function icon(name: IconName): SVGSVGElement {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("viewBox", "0 0 16 16");
  svg.setAttribute("class", `icon icon-${name}`);
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
  path.setAttribute("d", paths[name]);
  path.setAttribute("fill-rule", "evenodd");
  svg.append(path);
  return svg;
}

/** The word of a status. */
export function statusWord(words: InspectorWords, status: NodeStatus): string {
  return words[status];
}
