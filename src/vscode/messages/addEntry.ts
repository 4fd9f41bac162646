import type { Services } from "../services.js";
import type { MessageEntry } from "./messageEntry.js";

/** Puts an entry on top of *Messages* and opens it there, if the view can be seen or `show` says to bring it up. */
export async function addEntry(
  services: Services,
  entry: Omit<MessageEntry, "id">,
  show = false,
): Promise<MessageEntry> {
  const added = services.messages.add(entry);
  if (show || services.messagesView.visible) await revealEntry(services, added, false);
  return added;
}

/** Opens *Messages* at an entry, with its first level visible. */
export async function revealEntry(services: Services, entry: MessageEntry, focus = true): Promise<void> {
  if (!services.messages.find(entry.id)) return;
  await services.messagesView.reveal(services.messagesTree.rowOf(entry), { select: true, focus, expand: true });
}
