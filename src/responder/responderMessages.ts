import type { PasswordSlots } from "./challenges.js";

/** What the worker thread of the local responder is started with. */
export interface ResponderJob {
  /** 0 for any that is free. */
  readonly port: number;
  /** Where its CA outlives a restart. */
  readonly folder: string;
}

/** Where a running responder answers. */
export interface ResponderAddress {
  readonly port: number;
  readonly url: string;
  readonly adminUrl: string;
}

/** What the worker thread says. */
export type ResponderMessage =
  | { readonly kind: "started"; readonly address: ResponderAddress; readonly passwords: PasswordSlots }
  /** `human` where the words are fit to be shown. */
  | { readonly kind: "failed"; readonly human: boolean; readonly sentence: string; readonly detail: string | undefined }
  /** Something happened: a line for the log, without challenge or key. */
  | { readonly kind: "event"; readonly line: string; readonly passwords: PasswordSlots | undefined }
  | { readonly kind: "stopped" };
