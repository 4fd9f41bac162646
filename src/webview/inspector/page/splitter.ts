import { element } from "./dom.js";

/** The least and the most of the width that the first pane takes, in percent. */
const least = 20;
const most = 80;

/** A bar between two panes that the mouse and the arrow keys move; `moved` is told the first pane's share in percent. */
export function splitter(label: string, start: number, moved: (percent: number) => void): HTMLDivElement {
  let percent = start;
  const bar = element("div", {
    class: "splitter",
    attributes: {
      role: "separator",
      tabindex: "0",
      "aria-label": label,
      "aria-orientation": "vertical",
      "aria-valuemin": String(least),
      "aria-valuemax": String(most),
    },
  });
  const set = (wanted: number): void => {
    percent = Math.max(least, Math.min(most, wanted));
    bar.setAttribute("aria-valuenow", String(Math.round(percent)));
    moved(percent);
  };
  bar.addEventListener("keydown", (event) => {
    const steps: Record<string, number> = { ArrowLeft: -2, ArrowRight: 2, Home: least - percent, End: most - percent };
    const step = steps[event.key];
    if (step === undefined || event.altKey) return;
    event.preventDefault();
    set(percent + step);
  });
  bar.addEventListener("pointerdown", (event) => {
    const frame = bar.parentElement?.getBoundingClientRect();
    if (!frame) return;
    bar.setPointerCapture(event.pointerId);
    const drag = ({ clientX }: PointerEvent): void => set(((clientX - frame.left) / frame.width) * 100);
    bar.addEventListener("pointermove", drag);
    bar.addEventListener("lostpointercapture", () => bar.removeEventListener("pointermove", drag), { once: true });
    event.preventDefault();
  });
  bar.addEventListener("dblclick", () => set(start));
  set(start);
  return bar;
}
