import { l10n } from "vscode";
import { isPrintableString } from "../../core/asn1/strings.js";
import type { NodeStatus } from "../../core/inspect/report.js";
import { negotiate } from "../../core/scep/negotiation.js";
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

function keyCheck({ key, server, request }: EnrollPlan): PlanCheck {
  if (key.kind === "file" || request.kind === "given")
    return { status: "ok", sentence: l10n.t("The key comes from a file.") };
  if (key.bits >= 2048) return { status: "ok", sentence: l10n.t("RSA {0}", key.bits) };
  return server.settings.target === "ndes"
    ? { status: "error", sentence: l10n.t("RSA {0}: NDES's templates refuse keys under 2048 bits", key.bits) }
    : { status: "warning", sentence: l10n.t("RSA {0} is short; servers want 2048 bits or more", key.bits) };
}

function challengeCheck({ challenge, stringType, server, request }: EnrollPlan): PlanCheck {
  const ndes = server.settings.target === "ndes";
  if (request.kind === "given")
    return { status: "info", sentence: l10n.t("The request is sent as it is, with the challenge that it holds") };
  if (challenge.kind === "none") {
    return ndes
      ? { status: "warning", sentence: l10n.t("No challenge: NDES refuses unless it is set up to do without") }
      : { status: "info", sentence: l10n.t("No challenge") };
  }
  if (stringType !== "PrintableString") {
    return ndes
      ? { status: "error", sentence: l10n.t("The challenge as {0}: NDES reads a PrintableString only", stringType) }
      : {
          status: "warning",
          sentence: l10n.t("The challenge as {0}: many servers read a PrintableString only", stringType),
        };
  }
  if (challenge.kind === "text" && !isPrintableString(challenge.text)) {
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
