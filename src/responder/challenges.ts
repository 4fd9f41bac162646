/** What became of a challenge that a request brought. */
export type ChallengeVerdict = "accepted" | "unknown" | "used" | "expired";

/** What the admin page has to say: a password to hand out, or that there is none left. */
export type AdminPageState =
  | { readonly kind: "oneTimePassword"; readonly password: string; readonly validityMinutes: number }
  | { readonly kind: "singlePassword"; readonly password: string }
  | { readonly kind: "cacheFull"; readonly capacity: number; readonly validityMinutes: number };

/** How many passwords there are to hand out, for a view; a single password is always free. */
export interface PasswordSlots {
  readonly kind: "oneTime" | "single";
  readonly capacity: number;
  readonly free: number;
  /** Absent where passwords do not expire. */
  readonly validityMinutes?: number;
}

/** The challenge passwords of an NDES: handed out by the admin page, redeemed by requests. */
export interface Challenges {
  /** Called once per view of the admin page: a one-time password is taken out of the cache's room by it. */
  visit(): AdminPageState;
  /** Judges the challenge of a request, and uses it up where it is good for one request only. */
  redeem(challenge: string): ChallengeVerdict;
  slots(): PasswordSlots;
}
