import { l10n, QuickPickItemKind, type QuickPickItem } from "vscode";
import { HumanError } from "../../core/humanError.js";
import type { MkrequestName } from "../../core/pkcs10/mkrequestPreset.js";
import { type WrongRequest, wrongRequests } from "../../core/pkcs10/wrongRequests.js";
import { buildGeneralName } from "../../core/x509/buildExtensions.js";
import { subjectProblem } from "../enroll/subjectPages.js";
import { askForItem, askForText, keepAnswer, type WizardPage } from "../wizard/wizard.js";
import type { RequestDraft } from "./requestDraft.js";

interface FormItem extends QuickPickItem {
  readonly form: "usual" | "wrong" | MkrequestName["kind"];
}

/** What kind of request: in the usual way, like mkrequest, or wrong on purpose. */
export function formPage(draft: RequestDraft): WizardPage {
  return {
    applies: () => true,
    ask: async (position) => {
      const items = formItems();
      const current = draft.wrong ? "wrong" : (draft.mkrequest ?? "usual");
      const answer = await askForItem({
        title: draft.title,
        position,
        placeholder: l10n.t("What kind of request?"),
        items,
        active: items.find(({ form }) => form === current),
      });
      return keepAnswer(answer, ({ form }) => {
        draft.mkrequest = form === "usual" || form === "wrong" ? undefined : form;
        draft.wrong = form === "wrong" ? (draft.wrong ?? wrongRequests[0]) : undefined;
        return "next";
      });
    },
  };
}

function formItems(): readonly FormItem[] {
  const like = l10n.t("as sscep's mkrequest makes it, with the strings that NDES reads");
  return [
    {
      label: `$(new-file) ${l10n.t("Request for a certificate")}`,
      description: l10n.t("subject, names, key, challenge"),
      form: "usual",
    },
    { label: l10n.t("mkrequest"), kind: QuickPickItemKind.Separator, form: "usual" },
    { label: "$(terminal) mkrequest -dns", description: like, form: "DNS" },
    { label: "$(terminal) mkrequest -ip", description: like, form: "IP" },
    { label: "$(terminal) mkrequest -email", description: like, form: "email" },
    { label: l10n.t("For testing a server"), kind: QuickPickItemKind.Separator, form: "usual" },
    {
      label: `$(bug) ${l10n.t("Wrong on purpose…")}`,
      description: l10n.t("with one fault, to see what the server says"),
      form: "wrong",
    },
  ];
}

/** Which fault a request is to have. */
export function wrongPage(draft: RequestDraft): WizardPage {
  return {
    applies: () => draft.wrong !== undefined,
    ask: async (position) => {
      const items = wrongRequests.map((wrong) => ({
        label: `$(bug) ${wrong.title}`,
        description: wrong.name,
        detail: expectation(wrong),
        wrong,
      }));
      const answer = await askForItem({
        title: draft.title,
        position,
        placeholder: l10n.t("What is to be wrong?"),
        items,
        active: items.find(({ wrong }) => wrong === draft.wrong),
      });
      return keepAnswer(answer, ({ wrong }) => {
        draft.wrong = wrong;
        return "next";
      });
    },
  };
}

/** What the local responder says to a wrong request. */
export function expectation({ hresult, answer }: WrongRequest): string {
  return answer === "FAILURE"
    ? l10n.t("The local responder refuses it with {0}.", hresult)
    : l10n.t("The local responder answers with HTTP 500 and logs {0}.", hresult);
}

/** mkrequest's one name. */
export function mkrequestNamePage(draft: RequestDraft): WizardPage {
  return {
    applies: () => draft.mkrequest !== undefined,
    ask: async (position) => {
      const kind = draft.mkrequest ?? "DNS";
      const answer = await askForText({
        title: draft.title,
        position,
        prompt: { DNS: l10n.t("DNS name"), IP: l10n.t("IP address"), email: l10n.t("E-mail address") }[kind],
        value:
          draft.name === ""
            ? { DNS: "dev1.example.com", IP: "192.0.2.1", email: "dev1@example.com" }[kind]
            : draft.name,
        problemOf: (text) => sentenceOf(() => buildGeneralName({ kind, text: text.trim() })),
      });
      return keepAnswer(answer, (text) => {
        draft.name = text.trim();
        return "next";
      });
    },
  };
}

/** What stands in the subject beside mkrequest's name. */
export function mkrequestSubjectPage(draft: RequestDraft): WizardPage {
  return {
    applies: () => draft.mkrequest !== undefined,
    ask: async (position) => {
      const answer = await askForText({
        title: draft.title,
        position,
        prompt: l10n.t("The rest of the subject; may stay empty: O=Example, C=DE or /C=DE/O=Example"),
        value: /\bCN=/i.test(draft.request.subject) ? "" : draft.request.subject,
        problemOf: subjectProblem,
      });
      return keepAnswer(answer, (subject) => {
        draft.request = { kind: "new", subject: subject.trim(), names: [] };
        return "next";
      });
    },
  };
}

/** The sentence of the HumanError that something throws; undefined where it throws none. */
export function sentenceOf(run: () => unknown): string | undefined {
  try {
    run();
    return undefined;
  } catch (error) {
    if (HumanError.is(error)) return error.message;
    throw error;
  }
}
