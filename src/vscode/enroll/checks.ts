import { l10n } from "vscode";
import { isPrintableString } from "../../core/asn1/strings.js";
import type { NodeStatus } from "../../core/inspect/report.js";
import { readRequest } from "../../core/pkcs10/request.js";
import { negotiate } from "../../core/scep/negotiation.js";
import type { PublicKeyView } from "../../core/x509/publicKey.js";
import type { ServerKnowledge } from "../servers/serverRegistry.js";
import { validity } from "../servers/validity.js";
import { commonName } from "../servers/certificateRows.js";
import type { EnrollPlan } from "./enrollPlan.js";

/** One thing that was looked at before anything is sent. */
export interface PlanCheck {
  readonly status: NodeStatus;
  readonly sentence: string;
}

/** Looks at a plan as the server will, as far as that can be known before it is asked. */
export function checkPlan(plan: EnrollPlan, knowledge: ServerKnowledge, now: Date): readonly PlanCheck[] {
  return [keyCheck(plan), challengeCheck(plan), recipientCheck(knowledge, now), negotiationCheck(plan, knowledge)];
}

/** The public key, as far as it is known: that of a request that exists, or the one that is going to be made. */
function keyOf({ key, request }: EnrollPlan): Pick<PublicKeyView, "algorithm" | "bits" | "curve"> | undefined {
  if (request.kind === "given") return readRequest(request.request)?.publicKey;
  return key.kind === "new" ? { algorithm: "RSA", bits: key.bits } : undefined;
}

function keyCheck(plan: EnrollPlan): PlanCheck {
  const ndes = plan.server.settings.target === "ndes";
  const key = keyOf(plan);
  if (!key) return { status: "ok", sentence: l10n.t("The key comes from a file.") };
  if (key.algorithm !== "RSA") {
    const name = [key.algorithm, key.curve].filter((part) => part !== undefined).join(" ");
    return { status: ndes ? "error" : "warning", sentence: l10n.t("{0}: NDES serves RSA keys only", name) };
  }
  const bits = key.bits ?? 0;
  if (bits >= 2048) return { status: "ok", sentence: l10n.t("RSA {0}", bits) };
  return ndes
    ? { status: "error", sentence: l10n.t("RSA {0}: NDES's templates refuse keys under 2048 bits", bits) }
    : { status: "warning", sentence: l10n.t("RSA {0} is short; servers want 2048 bits or more", bits) };
}

/** The string type of the challenge, and its text where it is known already; undefined where there is none. */
function challengeOf({
  challenge,
  stringType,
  request,
}: EnrollPlan): { stringType: string; text?: string } | undefined {
  if (request.kind === "given") {
    const held = readRequest(request.request)?.challengePassword;
    return held && { stringType: held.stringType };
  }
  if (challenge.kind === "none") return undefined;
  return { stringType, ...(challenge.kind === "text" && { text: challenge.text }) };
}

function challengeCheck(plan: EnrollPlan): PlanCheck {
  const ndes = plan.server.settings.target === "ndes";
  const challenge = challengeOf(plan);
  if (!challenge) {
    return ndes
      ? { status: "warning", sentence: l10n.t("No challenge: NDES refuses unless it is set up to do without") }
      : { status: "info", sentence: l10n.t("No challenge") };
  }
  const { stringType, text } = challenge;
  if (stringType !== "PrintableString") {
    return ndes
      ? { status: "error", sentence: l10n.t("The challenge as {0}: NDES reads a PrintableString only", stringType) }
      : {
          status: "warning",
          sentence: l10n.t("The challenge as {0}: many servers read a PrintableString only", stringType),
        };
  }
  if (text !== undefined && !isPrintableString(text)) {
    return { status: "error", sentence: l10n.t("The challenge has characters that a PrintableString cannot hold") };
  }
  return { status: "ok", sentence: l10n.t("The challenge as PrintableString") };
}

function recipientCheck({ caCert }: ServerKnowledge, now: Date): PlanCheck {
  if (caCert?.ok !== true) return { status: "info", sentence: l10n.t("The CA's certificates are fetched first") };
  const { encryption } = caCert.ca;
  if (!encryption) return { status: "error", sentence: l10n.t("None of the CA's certificates may encipher keys") };
  const good = validity(encryption, now);
  const name = commonName(encryption);
  return { status: good.status ?? "ok", sentence: l10n.t("Enveloped for {0}, {1}", name, good.sentence) };
}

function negotiationCheck(plan: EnrollPlan, { caps }: ServerKnowledge): PlanCheck {
  const { settings } = plan.server;
  if (!caps) return { status: "info", sentence: l10n.t("The server's capabilities are asked for first") };
  const { method, contentEncryption, digest } = negotiate(
    {
      ...settings,
      contentEncryption: plan.contentEncryption ?? settings.contentEncryption,
      digest: plan.digest ?? settings.digest,
    },
    caps.capabilities,
  );
  const weak = contentEncryption === "DES-CBC" || digest === "MD5";
  return { status: weak ? "warning" : "ok", sentence: l10n.t("{0}, {1}, {2}", method, contentEncryption, digest) };
}
