import { l10n } from "vscode";
import { oid } from "../../core/asn1/oids.js";
import { keySpecText } from "../../core/crypto/newKey.js";
import type { NodeStatus } from "../../core/inspect/report.js";
import { maskedString, readStringMask } from "../../core/pkcs10/stringMask.js";
import { keySpecOf, type RequestDraft } from "./requestDraft.js";
import { expectation } from "./formPages.js";

/** One thing that is known of a request before it is made. */
export interface RequestCheck {
  readonly status: NodeStatus;
  readonly sentence: string;
}

/** Looks at a draft as NDES will. A wrong request says what is wrong with it instead. */
export function requestChecks(draft: RequestDraft): readonly RequestCheck[] {
  const { wrong } = draft;
  if (wrong) {
    const missing = wrong.needsChallenge && draft.challenge.kind === "none";
    return [
      { status: "warning", sentence: `${wrong.title}. ${expectation(wrong)}` },
      keyCheck(draft),
      ...(missing
        ? [{ status: "error" as const, sentence: l10n.t("No challenge: a server refuses the request for that first") }]
        : []),
    ];
  }
  return [keyCheck(draft), challengeCheck(draft)];
}

function keyCheck(draft: RequestDraft): RequestCheck {
  const spec = keySpecOf(draft);
  if (!spec) return { status: "ok", sentence: l10n.t("The key comes from a file.") };
  const text = keySpecText(spec);
  if (spec.kind === "curve") return { status: "warning", sentence: l10n.t("{0}: NDES serves RSA keys only", text) };
  return spec.bits >= 2048
    ? { status: "ok", sentence: text }
    : { status: "error", sentence: l10n.t("RSA {0}: NDES's templates refuse keys under 2048 bits", spec.bits) };
}

/** What a one-time password of NDES looks like; its characters decide the string type. */
const usualChallenge = "0123456789ABCDEF";

function challengeCheck({ challenge, stringMask }: RequestDraft): RequestCheck {
  if (challenge.kind === "none") {
    return { status: "warning", sentence: l10n.t("No challenge: NDES refuses unless it is set up to do without") };
  }
  const octets = new TextEncoder().encode(challenge.kind === "text" ? challenge.text : usualChallenge);
  const made = maskedString(oid.challengePassword, octets, { mask: readStringMask(stringMask) ?? 0, utf8: true });
  if (!made.ok)
    return { status: "error", sentence: l10n.t("The challenge has characters that this string mask cannot hold") };
  return made.stringType === "PrintableString"
    ? { status: "ok", sentence: l10n.t("The challenge as PrintableString") }
    : { status: "error", sentence: l10n.t("The challenge as {0}: NDES reads a PrintableString only", made.stringType) };
}
