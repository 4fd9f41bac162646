import type { ServerSettings } from "./serverSettings.js";

/** A server that this window knows: one of the settings, or the local responder while it runs. */
export interface Server {
  readonly origin: "settings" | "responder";
  readonly settings: ServerSettings;
}

/** Tells servers apart: by name and address, so that what is known of one is never taken for another's. */
export function serverKey({ origin, settings }: Server): string {
  return `${origin} ${settings.name} ${settings.url}`;
}
