import type { Services } from "../services.js";

/** *Clear Messages*: drops every entry. */
export function clearMessages(services: Services): void {
  services.messages.clear();
  services.messagesView.message = "";
}
