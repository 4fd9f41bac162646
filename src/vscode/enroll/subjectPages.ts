import { l10n } from "vscode";
import { HumanError } from "../../core/humanError.js";
import { readDistinguishedName } from "../../core/x509/distinguishedName.js";
import { askForText, keepAnswer, type WizardPage } from "../wizard/wizard.js";
import { readAlternativeNames, writeAlternativeNames } from "./alternativeNames.js";
import type { RequestPlan } from "./enrollPlan.js";

/** The answers that these pages fill in, of whatever wizard. */
export interface SubjectDraft {
  readonly title: string;
  request: RequestPlan;
}

/** The subject of a new request. */
export function subjectPage(draft: SubjectDraft): WizardPage {
  return {
    applies: () => draft.request.kind === "new",
    ask: async (position) => {
      const { request } = draft;
      if (request.kind !== "new") return "next";
      const answer = await askForText({
        title: draft.title,
        position,
        prompt: l10n.t("Subject: CN=dev1.example.com, O=Example or /O=Example/CN=dev1.example.com"),
        value: request.subject,
        problemOf: subjectProblem,
      });
      return keepAnswer(answer, (subject) => {
        const changed = subject.trim() !== request.subject;
        draft.request = { kind: "new", subject: subject.trim(), names: changed ? [] : request.names };
        return "next";
      });
    },
  };
}

/** The alternative names of a new request. */
export function namesPage(draft: SubjectDraft): WizardPage {
  return {
    applies: () => draft.request.kind === "new",
    ask: async (position) => {
      const { request } = draft;
      if (request.kind !== "new") return "next";
      const host = hostIn(request.subject);
      const names = request.names.length > 0 ? request.names : host === undefined ? [] : readAlternativeNames(host);
      const answer = await askForText({
        title: draft.title,
        position,
        prompt: l10n.t(
          "Alternative names, separated by commas; may stay empty. DNS:, IP:, email:, URI: and UPN: tell the kind.",
        ),
        value: writeAlternativeNames(names),
      });
      return keepAnswer(answer, (text) => {
        draft.request = { kind: "new", subject: request.subject, names: readAlternativeNames(text) };
        return "next";
      });
    },
  };
}

/** What is wrong with a subject, in a sentence. */
export function subjectProblem(text: string): string | undefined {
  try {
    readDistinguishedName(text);
    return undefined;
  } catch (error) {
    if (HumanError.is(error)) return error.message;
    throw error;
  }
}

/** The common name, where it is one of a host. */
function hostIn(subject: string): string | undefined {
  const name = readDistinguishedName(subject)
    .flat()
    .findLast(({ typeText }) => /^CN$/i.test(typeText))?.value;
  return typeof name === "string" && /^[a-z\d*]([a-z\d-]*[a-z\d])?(\.[a-z\d-]+)+$/i.test(name) ? name : undefined;
}
