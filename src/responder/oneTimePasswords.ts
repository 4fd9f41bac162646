import { toHex } from "../core/asn1/hex.js";
import type { AdminPageState, Challenges, ChallengeVerdict, PasswordSlots } from "./challenges.js";

/** NDES's PasswordMax, PasswordValidity (minutes) and PasswordLength (octets, twice as many hex digits) as they are after setup. */
const capacity = 5;
const validityMinutes = 60;
const passwordOctets = 8;

/** Passwords that are no longer good, kept so that a refusal can say why. */
const rememberedPasswords = 1000;

/**
 * NDES's cache of one-time passwords: 16 upper-case hex digits, at most five waiting, each good for 60 minutes and one
 * request. It lives in memory alone: as with NDES, a restart empties it.
 */
export class OneTimePasswords implements Challenges {
  readonly #waiting = new Map<string, number>();
  readonly #gone = new Map<string, "used" | "expired">();

  constructor(
    private readonly randomBytes: (length: number) => Uint8Array,
    private readonly now: () => Date,
  ) {}

  visit(): AdminPageState {
    this.#expire();
    if (this.#waiting.size >= capacity) return { kind: "cacheFull", capacity, validityMinutes };
    const password = toHex(this.randomBytes(passwordOctets)).toUpperCase();
    this.#waiting.set(password, this.now().getTime() + validityMinutes * 60_000);
    return { kind: "oneTimePassword", password, validityMinutes };
  }

  redeem(challenge: string): ChallengeVerdict {
    this.#expire();
    if (!this.#waiting.delete(challenge)) return this.#gone.get(challenge) ?? "unknown";
    this.#forget(challenge, "used");
    return "accepted";
  }

  slots(): PasswordSlots {
    this.#expire();
    return { kind: "oneTime", capacity, free: capacity - this.#waiting.size, validityMinutes };
  }

  #expire(): void {
    const now = this.now().getTime();
    for (const [password, validUntil] of this.#waiting) {
      if (validUntil > now) continue;
      this.#waiting.delete(password);
      this.#forget(password, "expired");
    }
  }

  #forget(password: string, why: "used" | "expired"): void {
    this.#gone.set(password, why);
    const [oldest] = this.#gone.keys();
    if (this.#gone.size > rememberedPasswords && oldest !== undefined) this.#gone.delete(oldest);
  }
}
