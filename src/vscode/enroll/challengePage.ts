import { l10n, type QuickPickItem } from "vscode";
import { HumanError } from "../../core/humanError.js";
import type { Server } from "../servers/server.js";
import type { Services } from "../services.js";
import { askForItem, askForText, type PageResult, type WizardPage } from "../wizard/wizard.js";
import { type ChallengePlan, defaultChallenge } from "./enrollPlan.js";
import { type EnrollDraft, wizardTitle } from "./enrollDraft.js";

interface ChallengeItem extends QuickPickItem {
  readonly kindOfChallenge: ChallengePlan["kind"];
  readonly store?: true;
}

/** Where the challenge password comes from: the admin page, the secret storage, the person, or nowhere. */
export function challengePage(services: Services, draft: EnrollDraft): WizardPage {
  const ask: WizardPage["ask"] = async (position): Promise<PageResult> => {
    const { server } = draft;
    if (!server) throw new HumanError(l10n.t("Choose a server first."));
    const stored = (await services.vault.challenge(server.settings.url)) !== undefined;
    const wanted = draft.challenge?.kind ?? defaultChallenge(server, stored);
    const items = challengeItems(server, stored);
    const answer = await askForItem({
      title: wizardTitle(),
      position,
      placeholder: l10n.t("Which challenge password?"),
      items,
      active: items.find(({ kindOfChallenge }) => kindOfChallenge === wanted),
    });
    if (answer.kind !== "answer") return answer.kind;
    const { kindOfChallenge, store } = answer.value;
    if (kindOfChallenge !== "text") {
      draft.challenge = { kind: kindOfChallenge };
      return "next";
    }
    const text = await askForText({
      title: wizardTitle(),
      position: { ...position, canGoBack: true },
      prompt: l10n.t("Challenge password for {0}", server.settings.name),
      password: true,
      problemOf: (given) =>
        given === "" ? l10n.t("Type the challenge password, or go back and choose none.") : undefined,
    });
    if (text.kind === "back") return ask(position);
    if (text.kind === "cancel") return "cancel";
    draft.challenge = { kind: "text", text: text.value, store: store === true };
    return "next";
  };
  return { applies: () => draft.request.kind === "new", ask };
}

function challengeItems({ settings, origin }: Server, stored: boolean): readonly ChallengeItem[] {
  return [
    ...(settings.adminUrl === undefined
      ? []
      : [
          {
            label: `$(cloud-download) ${l10n.t("Fetch a one-time password")}`,
            description: origin === "responder" ? l10n.t("from the local responder's admin page") : settings.adminUrl,
            kindOfChallenge: "fetch" as const,
          },
        ]),
    ...(stored ? [{ label: `$(lock) ${l10n.t("Use the stored challenge")}`, kindOfChallenge: "stored" as const }] : []),
    {
      label: `$(edit) ${l10n.t("Type it now")}`,
      description: l10n.t("used once, not kept"),
      kindOfChallenge: "text" as const,
    },
    {
      label: `$(save) ${l10n.t("Type it and store it")}`,
      description: l10n.t("in the secret storage of VS Code"),
      kindOfChallenge: "text" as const,
      store: true as const,
    },
    { label: `$(circle-slash) ${l10n.t("No challenge")}`, kindOfChallenge: "none" as const },
  ];
}
