import { l10n, type QuickPickItem, QuickPickItemKind } from "vscode";
import { visibleText } from "../../core/asn1/visibleText.js";
import { contentEncryptions, digests } from "../servers/settingValues.js";
import type { Services } from "../services.js";
import { quickPickText } from "../shownText.js";
import { statusIcon } from "../wizard/statusIcon.js";
import { askForItem, type PagePosition, type PageResult, type WizardPage } from "../wizard/wizard.js";
import { checkPlan } from "./checks.js";
import { challengeStringTypes, type EnrollPlan } from "./enrollPlan.js";
import { type EnrollDraft, finishedPlan, wizardTitle } from "./enrollDraft.js";

interface ConfirmItem extends QuickPickItem {
  readonly does: "enroll" | "nothing" | "stringType" | "contentEncryption" | "digest";
}

/** The last page: Enter enrols. Below stand the checks made beforehand, and what can still be changed. */
export function confirmPage(services: Services, draft: EnrollDraft): WizardPage {
  const ask: WizardPage["ask"] = async (position): Promise<PageResult> => {
    const plan = await finishedPlan(services, draft);
    if (!plan) return "back";
    const items = confirmItems(plan, services);
    const answer = await askForItem({
      title: wizardTitle(),
      position,
      placeholder: l10n.t("Enter enrolls at {0}", quickPickText(plan.server.settings.name, 80)),
      items,
      active: items[0],
    });
    if (answer.kind !== "answer") return answer.kind;
    const { does } = answer.value;
    if (does === "enroll") return "next";
    if (does !== "nothing" && (await change(draft, does, position)) === "cancel") return "cancel";
    return ask(position);
  };
  return { applies: () => true, ask };
}

function confirmItems(plan: EnrollPlan, services: Services): readonly ConfirmItem[] {
  const { request, server } = plan;
  const subject = request.subject === "" ? l10n.t("without a subject") : visibleText(request.subject, 200);
  const checks = checkPlan(plan, services.servers.knowledge(server), new Date());
  return [
    {
      label: `$(rocket) ${l10n.t("Enroll {0}", quickPickText(subject, 120))}`,
      description: quickPickText(server.settings.name, 80),
      alwaysShow: true,
      does: "enroll",
    },
    { label: l10n.t("Checked beforehand"), kind: QuickPickItemKind.Separator, does: "nothing" },
    ...checks.map(({ status, sentence }) => ({
      label: `$(${statusIcon(status)}) ${quickPickText(sentence)}`,
      does: "nothing" as const,
    })),
    { label: l10n.t("Change"), kind: QuickPickItemKind.Separator, does: "nothing" },
    ...(request.kind === "new" && plan.challenge.kind !== "none"
      ? [
          {
            label: `$(symbol-string) ${l10n.t("Challenge encoded as")}`,
            description: plan.stringType,
            does: "stringType" as const,
          },
        ]
      : []),
    {
      label: `$(lock) ${l10n.t("Content encryption")}`,
      description: plan.contentEncryption ?? server.settings.contentEncryption,
      does: "contentEncryption",
    },
    {
      label: `$(symbol-number) ${l10n.t("Digest")}`,
      description: plan.digest ?? server.settings.digest,
      does: "digest",
    },
  ];
}

async function change(
  draft: EnrollDraft,
  what: "stringType" | "contentEncryption" | "digest",
  position: PagePosition,
): Promise<"cancel" | "done"> {
  const choices: readonly string[] = {
    stringType: challengeStringTypes,
    contentEncryption: contentEncryptions,
    digest: digests,
  }[what];
  const current = draft[what] ?? "auto";
  const items = choices.map((label) => ({ label, description: note(label) }));
  const answer = await askForItem({
    title: wizardTitle(),
    position: { ...position, canGoBack: true },
    items,
    active: items.find(({ label }) => label === current),
  });
  if (answer.kind !== "answer") return answer.kind === "cancel" ? "cancel" : "done";
  const { label } = answer.value;
  if (what === "stringType") draft.stringType = label as EnrollDraft["stringType"];
  else if (what === "contentEncryption")
    draft.contentEncryption = label === "auto" ? undefined : (label as NonNullable<EnrollDraft["contentEncryption"]>);
  else draft.digest = label === "auto" ? undefined : (label as NonNullable<EnrollDraft["digest"]>);
  return "done";
}

/** What a choice is known for. */
function note(choice: string): string {
  switch (choice) {
    case "PrintableString":
      return l10n.t("what every server reads");
    case "UTF8String":
      return l10n.t("OpenSSL's default, which NDES refuses");
    case "auto":
      return l10n.t("as the server's settings and capabilities say");
    case "DES-CBC":
    case "MD5":
      return l10n.t("weak; for old servers");
    default:
      return "";
  }
}
