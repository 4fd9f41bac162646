import { revealRow } from "../revealRow.js";
import type { Services } from "../services.js";
import { leadingReport, type MessageEntry, sentencesOf } from "./messageEntry.js";

/** Whether an entry comes closed and stays where it is, or the view opens at it. */
export type Opening = "closed" | "opened";

/**
 * Puts an entry on top of *Messages*: closed, or opened with the view brought to the front. What went wrong is opened
 * wherever the view can be seen. Above the tree stands the outcome in whole words, which a row has no room for.
 */
export async function addEntry(
  services: Services,
  entry: Omit<MessageEntry, "id">,
  opening: Opening,
): Promise<MessageEntry> {
  const added = services.messages.add(entry);
  const { status } = leadingReport(added).verdict;
  const open = opening === "opened" || (status === "error" && services.messagesView.visible);
  services.messagesView.message = open ? breakable(sentencesOf(added)) : "";
  if (open) await revealEntry(services, added, false);
  return added;
}

/** A serial number or an address is one long word, which a narrow side bar would cut off: it may break where it has a colon. */
function breakable(text: string): string {
  return text.replaceAll(":", ":\u200b");
}

/** Opens *Messages* at an entry, with its first level visible. */
export async function revealEntry(services: Services, entry: MessageEntry, focus = true): Promise<void> {
  if (!services.messages.find(entry.id)) return;
  const { messagesTree, messagesView } = services;
  await revealRow(
    messagesView,
    () => messagesTree.rowOf(entry),
    () => messagesTree.refresh(),
    focus,
  );
}
