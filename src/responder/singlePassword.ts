import { isPrintableString } from "../core/asn1/strings.js";
import { HumanError } from "../core/humanError.js";
import type { AdminPageState, Challenges, ChallengeVerdict, PasswordSlots } from "./challenges.js";

/** NDES with UseSinglePassword = 1: one password for every request, which never expires. */
export class SinglePassword implements Challenges {
  /** Throws a HumanError for a password that no client could send: it has to fit into a PrintableString. */
  constructor(private readonly password: string) {
    if (password === "") {
      throw new HumanError("The challenge password is empty. Give one, or leave it out to use one-time passwords.");
    }
    if (!isPrintableString(password)) {
      throw new HumanError(
        "The challenge password has characters that a PrintableString cannot hold, and the responder takes no other string type. Use letters, digits, blanks and ' ( ) + , - . / : = ? only.",
      );
    }
  }

  visit(): AdminPageState {
    return { kind: "singlePassword", password: this.password };
  }

  redeem(challenge: string): ChallengeVerdict {
    return challenge === this.password ? "accepted" : "unknown";
  }

  slots(): PasswordSlots {
    return { kind: "single", capacity: 1, free: 1 };
  }
}
