import { l10n } from "vscode";
import type { NodeStatus } from "../../core/inspect/report.js";
import type { CertificateView } from "../../core/x509/certificate.js";

/** How long a certificate is good: in a few letters, and in a sentence. */
export interface Validity {
  /** `364 d`, `4 y`, `expired`. */
  readonly words: string;
  readonly sentence: string;
  readonly status?: NodeStatus;
}

const day = 24 * 60 * 60 * 1000;

/** A certificate that ends within so many days is worth a warning. */
const soon = 30;

/** Judges a certificate's validity period at a time (RFC 5280 §4.1.2.5). */
export function validity({ notBefore, notAfter }: CertificateView, now: Date): Validity {
  if (!notBefore || !notAfter) {
    return { words: l10n.t("validity unreadable"), sentence: l10n.t("its validity cannot be read."), status: "error" };
  }
  const until = notAfter.toISOString().slice(0, 10);
  if (notAfter < now)
    return { words: l10n.t("expired"), sentence: l10n.t("expired since {0}.", until), status: "error" };
  if (notBefore > now) {
    const from = notBefore.toISOString().slice(0, 10);
    return {
      words: l10n.t("not valid yet"),
      sentence: l10n.t("valid only from {0}. Are the clocks right?", from),
      status: "error",
    };
  }
  const days = Math.floor((notAfter.getTime() - now.getTime()) / day);
  const words = days < 730 ? l10n.t("{0} d", days) : l10n.t("{0} y", Math.floor(days / 365.25));
  const sentence = l10n.t("valid until {0}.", until);
  return days < soon ? { words, sentence, status: "warning" } : { words, sentence };
}
