import type { Services } from "../services.js";
import type { Server } from "../servers/server.js";
import { runWizard } from "../wizard/wizard.js";
import { challengePage } from "./challengePage.js";
import { confirmPage } from "./confirmPage.js";
import { type EnrollDraft, finishedPlan, wizardTitle } from "./enrollDraft.js";
import type { EnrollArgument, EnrollPlan } from "./enrollPlan.js";
import { keyPage } from "./keyPage.js";
import { requestPage } from "./requestPage.js";
import { serverPage } from "./serverPage.js";
import { namesPage, subjectPage } from "./subjectPages.js";

/** What the wizard begins with, unless the person enrolled something before. */
const firstSubject = "CN=dev1.example.com";

/** Where the subject of the last enrolment is kept; a subject is no secret. */
const lastSubjectKey = "enroll.subject";

/**
 * Asks for everything that an enrolment needs, each question with a default: Enter all the way through enrols. Undefined
 * where the person cancels.
 */
export async function askForPlan(
  services: Services,
  server: Server | undefined,
  { request, key, lockedKey }: Pick<EnrollArgument, "request" | "key" | "lockedKey"> = {},
): Promise<EnrollPlan | undefined> {
  const { globalState } = services.context;
  const draft: EnrollDraft = {
    title: wizardTitle(),
    server,
    request: request ?? { kind: "new", subject: globalState.get(lastSubjectKey, firstSubject), names: [] },
    key: key ?? { kind: "new", bits: 2048 },
    lockedKey,
    challenge: undefined,
    stringType: "PrintableString",
    contentEncryption: undefined,
    digest: undefined,
  };
  const pages = [
    ...(server ? [] : [serverPage(services, draft)]),
    ...(request ? [] : [requestPage(services, draft)]),
    subjectPage(draft),
    namesPage(draft),
    ...(key ? [] : [keyPage(draft)]),
    challengePage(services, draft),
    confirmPage(services, draft),
  ];
  if (!(await runWizard(pages))) return undefined;
  if (draft.request.kind === "new") await globalState.update(lastSubjectKey, draft.request.subject);
  return finishedPlan(services, draft);
}
