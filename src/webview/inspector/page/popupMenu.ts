import { element } from "./dom.js";

/** One choice of a menu. */
export interface MenuItem {
  readonly label: string;
  readonly run: () => void;
}

/** Opens a menu at a place of the page; it is gone when something was chosen, the focus left it, or Escape was pressed. */
export function openMenu(
  label: string,
  items: readonly MenuItem[],
  at: { readonly x: number; readonly y: number },
): void {
  document.querySelector(".menu")?.remove();
  const before = document.activeElement;
  const menu = element("div", { class: "menu", attributes: { role: "menu", "aria-label": label } });
  let isOpen = true;
  const close = (restore: boolean): void => {
    // What is taken away loses the focus, which closes it: once is enough.
    if (!isOpen) return;
    isOpen = false;
    menu.remove();
    if (restore && before instanceof HTMLElement) before.focus();
  };
  const entries = items.map(({ label: text, run }) =>
    element("div", {
      class: "menu-item",
      text,
      attributes: { role: "menuitem", tabindex: "-1" },
      on: {
        click: () => {
          close(true);
          run();
        },
        mousemove: ({ currentTarget }) => (currentTarget as HTMLElement).focus(),
      },
    }),
  );
  menu.append(...entries);
  menu.addEventListener("keydown", (event) => {
    const index = entries.findIndex((entry) => entry === document.activeElement);
    const go = (to: number): void => entries[(to + entries.length) % entries.length]?.focus();
    switch (event.key) {
      case "ArrowDown":
        go(index + 1);
        break;
      case "ArrowUp":
        go(index - 1);
        break;
      case "Home":
        go(0);
        break;
      case "End":
        go(-1);
        break;
      case "Enter":
      case " ":
        entries[index]?.click();
        break;
      case "Escape":
      case "Tab":
        close(true);
        break;
      default: {
        const found = items.findIndex((item) => item.label.toLowerCase().startsWith(event.key.toLowerCase()));
        if (found < 0) return;
        go(found);
      }
    }
    event.preventDefault();
    event.stopPropagation();
  });
  menu.addEventListener("focusout", (event) => {
    if (!menu.contains(event.relatedTarget as Node | null)) close(false);
  });
  document.body.append(menu);
  const { width, height } = menu.getBoundingClientRect();
  menu.style.left = `${Math.max(4, Math.min(at.x, innerWidth - width - 4))}px`;
  menu.style.top = `${Math.max(4, Math.min(at.y, innerHeight - height - 4))}px`;
  entries[0]?.focus();
}
