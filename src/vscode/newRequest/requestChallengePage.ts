import { l10n, type QuickPickItem } from "vscode";
import type { Services } from "../services.js";
import { quickPickText } from "../shownText.js";
import { askForItem, askForText, type PageResult, type WizardPage } from "../wizard/wizard.js";
import type { RequestChallenge, RequestDraft } from "./requestDraft.js";

interface ChallengeItem extends QuickPickItem {
  readonly choice: RequestChallenge | "ask";
}

/** Where the challenge password comes from: the admin page or the stored challenge of a server, the person, or nowhere. */
export function requestChallengePage(services: Services, draft: RequestDraft): WizardPage {
  const ask: WizardPage["ask"] = async (position): Promise<PageResult> => {
    const items = await challengeItems(services);
    const answer = await askForItem({
      title: draft.title,
      position,
      placeholder: l10n.t("Which challenge password?"),
      items,
      active: items.find(({ choice }) => isSame(choice, draft.challenge)) ?? items[0],
    });
    if (answer.kind !== "answer") return answer.kind;
    const { choice } = answer.value;
    if (choice !== "ask") {
      draft.challenge = choice;
      return "next";
    }
    const text = await askForText({
      title: draft.title,
      position: { ...position, canGoBack: true },
      prompt: l10n.t("Challenge password; it goes into the request and is not kept"),
      password: true,
      problemOf: (given) =>
        given === "" ? l10n.t("Type the challenge password, or go back and choose none.") : undefined,
    });
    if (text.kind === "back") return ask(position);
    if (text.kind === "cancel") return "cancel";
    draft.challenge = { kind: "text", text: text.value };
    return "next";
  };
  return { applies: () => true, ask };
}

async function challengeItems(services: Services): Promise<readonly ChallengeItem[]> {
  const items: ChallengeItem[] = [];
  for (const server of services.servers.servers) {
    const { name, url, adminUrl } = server.settings;
    const description = quickPickText(name, 80);
    if ((await services.vault.challenge(url)) !== undefined) {
      items.push({
        label: `$(lock) ${l10n.t("Use the stored challenge")}`,
        description,
        choice: { kind: "stored", server },
      });
    }
    if (adminUrl !== undefined) {
      items.push({
        label: `$(cloud-download) ${l10n.t("Fetch a one-time password")}`,
        description,
        choice: { kind: "fetch", server },
      });
    }
  }
  return [
    ...items,
    { label: `$(edit) ${l10n.t("Type it now")}`, description: l10n.t("used once, not kept"), choice: "ask" },
    { label: `$(circle-slash) ${l10n.t("No challenge")}`, choice: { kind: "none" } },
  ];
}

function isSame(choice: ChallengeItem["choice"], draft: RequestChallenge): boolean {
  if (choice === "ask") return draft.kind === "text";
  if (choice.kind !== draft.kind || choice.kind === "none" || draft.kind === "none") return false;
  return "server" in choice && "server" in draft && choice.server.settings.url === draft.server.settings.url;
}
