import { type Disposable, type QuickInputButton, QuickInputButtons, type QuickPickItem, window } from "vscode";

/** What came of one page of a wizard. */
export type PageResult = "next" | "back" | "cancel";

/** One page: asks, and keeps the answer itself. */
export interface WizardPage {
  /** Whether the answers so far call for this page. */
  readonly applies: () => boolean;
  readonly ask: (position: PagePosition) => Promise<PageResult>;
}

/** What a page shows of where it stands. */
export interface PagePosition {
  readonly step: number;
  readonly totalSteps: number;
  /** Whether there is a page to go back to. */
  readonly canGoBack: boolean;
}

/** Walks through pages, back and forth. Resolves to false where the person cancels. */
export async function runWizard(pages: readonly WizardPage[]): Promise<boolean> {
  const visited: number[] = [];
  let index = next(pages, -1);
  while (index < pages.length) {
    const applying = pages.filter((page) => page.applies());
    const page = pages[index];
    if (!page) break;
    const position = { step: applying.indexOf(page) + 1, totalSteps: applying.length, canGoBack: visited.length > 0 };
    const result = await page.ask(position);
    if (result === "cancel") return false;
    if (result === "back") {
      index = visited.pop() ?? index;
    } else {
      visited.push(index);
      index = next(pages, index);
    }
  }
  return true;
}

function next(pages: readonly WizardPage[], from: number): number {
  const found = pages.findIndex((page, i) => i > from && page.applies());
  return found === -1 ? pages.length : found;
}

/** An answer, or the wish to go back or to stop. */
export type Answer<T> =
  | { readonly kind: "answer"; readonly value: T }
  | { readonly kind: "back" }
  | { readonly kind: "cancel" };

interface Page {
  readonly title: string;
  readonly position: PagePosition;
  readonly placeholder?: string;
}

/** Asks for one of several items; `active` is the one that Enter takes. */
export function askForItem<T extends QuickPickItem>(
  page: Page & { readonly items: readonly T[]; readonly active?: T | undefined },
): Promise<Answer<T>> {
  const pick = window.createQuickPick<T>();
  pick.items = page.items;
  pick.matchOnDescription = true;
  if (page.active) pick.activeItems = [page.active];
  return show(pick, page, (answer) => [
    pick.onDidAccept(() => {
      const [chosen] = pick.selectedItems;
      if (chosen) answer(chosen);
    }),
  ]);
}

/** Asks for a text. `problemOf` gives a sentence where it cannot be used. */
export function askForText(
  page: Page & {
    readonly prompt: string;
    readonly value?: string;
    readonly password?: boolean;
    readonly problemOf?: (text: string) => string | undefined;
  },
): Promise<Answer<string>> {
  const input = window.createInputBox();
  input.prompt = page.prompt;
  input.value = page.value ?? "";
  input.password = page.password ?? false;
  const check = (): string | undefined => page.problemOf?.(input.value);
  return show(input, page, (answer) => [
    input.onDidChangeValue(() => {
      input.validationMessage = check();
    }),
    input.onDidAccept(() => {
      input.validationMessage = check();
      if (input.validationMessage === undefined) answer(input.value);
    }),
  ]);
}

type QuickInputWidget = ReturnType<typeof window.createQuickPick> | ReturnType<typeof window.createInputBox>;

function show<T>(
  widget: {
    title: string | undefined;
    step: number | undefined;
    totalSteps: number | undefined;
    ignoreFocusOut: boolean;
    placeholder: string | undefined;
    buttons: readonly QuickInputButton[];
    onDidTriggerButton: QuickInputWidget["onDidTriggerButton"];
    onDidHide: QuickInputWidget["onDidHide"];
    show(): void;
    dispose(): void;
  },
  { title, position, placeholder }: Page,
  listen: (answer: (value: T) => void) => readonly Disposable[],
): Promise<Answer<T>> {
  widget.title = title;
  widget.step = position.step;
  widget.totalSteps = position.totalSteps;
  widget.ignoreFocusOut = true;
  widget.placeholder = placeholder;
  widget.buttons = position.canGoBack ? [QuickInputButtons.Back] : [];
  return new Promise((resolve) => {
    const settle = (answer: Answer<T>): void => {
      resolve(answer);
      for (const subscription of subscriptions) subscription.dispose();
      widget.dispose();
    };
    const subscriptions = [
      widget.onDidTriggerButton((button) => {
        if (button === QuickInputButtons.Back) settle({ kind: "back" });
      }),
      widget.onDidHide(() => settle({ kind: "cancel" })),
      ...listen((value) => settle({ kind: "answer", value })),
    ];
    widget.show();
  });
}

/** Keeps an answer and says what comes next. */
export function keepAnswer<T>(
  answer: Answer<T>,
  keep: (value: T) => PageResult | Promise<PageResult>,
): PageResult | Promise<PageResult> {
  return answer.kind === "answer" ? keep(answer.value) : answer.kind;
}
