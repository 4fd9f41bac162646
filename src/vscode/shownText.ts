import { visibleText } from "../core/asn1/visibleText.js";

/**
 * Text from outside (a certificate's name, a server's words, a path) for a notification. VS Code turns `[words](address)`
 * in notifications into links, commands included; here they stay plain text.
 */
export function notificationText(text: string, maxLength = 300): string {
  return visibleText(text, maxLength).replaceAll("](", "] (");
}

/** Text from outside for the label of a quick pick, where VS Code would draw an icon for `$(name)`. */
export function quickPickText(text: string, maxLength = 200): string {
  return visibleText(text, maxLength).replaceAll("$(", "$\u200A(");
}
