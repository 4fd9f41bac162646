import { anyKeyPage } from "../enroll/keyPage.js";
import { namesPage, subjectPage } from "../enroll/subjectPages.js";
import type { Services } from "../services.js";
import { runWizard, type WizardPage } from "../wizard/wizard.js";
import { formPage, mkrequestNamePage, mkrequestSubjectPage, wrongPage } from "./formPages.js";
import { makePage } from "./makePage.js";
import { requestChallengePage } from "./requestChallengePage.js";
import { newDraft, type RequestDraft } from "./requestDraft.js";

/** What the wizard begins with, unless the person made a request before. */
const firstSubject = "CN=dev1.example.com";

/** Where the subject of the last request is kept; a subject is no secret. */
const lastSubjectKey = "newRequest.subject";

/** Asks for everything that a request needs, each question with a default. Undefined where the person cancels. */
export async function askForRequest(services: Services): Promise<RequestDraft | undefined> {
  const { globalState } = services.context;
  const draft = newDraft(globalState.get(lastSubjectKey, firstSubject));
  const usual = (page: WizardPage): WizardPage => ({ ...page, applies: () => draft.mkrequest === undefined });
  const pages = [
    formPage(draft),
    wrongPage(draft),
    usual(subjectPage(draft)),
    usual(namesPage(draft)),
    mkrequestNamePage(draft),
    mkrequestSubjectPage(draft),
    anyKeyPage(draft, () => draft.wrong?.key === undefined),
    requestChallengePage(services, draft),
    makePage(draft),
  ];
  if (!(await runWizard(pages))) return undefined;
  if (!draft.mkrequest) await globalState.update(lastSubjectKey, draft.request.subject);
  return draft;
}
