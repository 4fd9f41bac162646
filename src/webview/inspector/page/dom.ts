/** What an element is made with. Text is always text: nothing here reads markup. */
export interface ElementParts {
  readonly class?: string;
  readonly text?: string;
  readonly title?: string;
  /** Attributes by their names; undefined ones are left out. */
  readonly attributes?: Readonly<Record<string, string | undefined>>;
  readonly on?: { readonly [Name in keyof HTMLElementEventMap]?: (event: HTMLElementEventMap[Name]) => void };
}

/** Makes an element. */
export function element<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  parts: ElementParts = {},
  ...children: readonly (Node | undefined)[]
): HTMLElementTagNameMap[Tag] {
  const made = document.createElement(tag);
  if (parts.class !== undefined) made.className = parts.class;
  if (parts.text !== undefined) made.textContent = parts.text;
  if (parts.title !== undefined) made.title = parts.title;
  for (const [name, value] of Object.entries(parts.attributes ?? {})) {
    if (value !== undefined) made.setAttribute(name, value);
  }
  for (const [name, listener] of Object.entries(parts.on ?? {})) {
    made.addEventListener(name, listener as EventListener);
  }
  made.append(...children.filter((child) => child !== undefined));
  return made;
}

/** Makes a button with words on it. */
export function button(text: string, press: () => void, parts: ElementParts = {}): HTMLButtonElement {
  return element("button", {
    ...parts,
    text,
    attributes: { type: "button", ...parts.attributes },
    on: { ...parts.on, click: press },
  });
}

/** Sets an attribute only where it changes, which costs nothing when rows are filled again and again. */
export function setAttribute(target: Element, name: string, value: string | undefined): void {
  if (value === undefined) {
    if (target.hasAttribute(name)) target.removeAttribute(name);
  } else if (target.getAttribute(name) !== value) {
    target.setAttribute(name, value);
  }
}

/** The same for text. */
export function setText(target: Node, text: string): void {
  if (target.textContent !== text) target.textContent = text;
}
