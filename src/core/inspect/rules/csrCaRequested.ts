import { oid } from "../../asn1/oids.js";
import { findExtension } from "../../x509/extension.js";
import { basicConstraints, keyUsage } from "../../x509/extensionValues.js";
import type { Rule } from "./rule.js";

/** `csr.ca.requested` */
export const csrCaRequested: Rule<"request"> = {
  code: "csr.ca.requested",
  severity: "warning",
  title: "The request asks for the certificate of a CA",
  why: "basicConstraints with cA, keyCertSign or cRLSign are what a CA has. Nobody gets those over SCEP; a CA leaves them out or refuses the request. They mostly come from a section of openssl.cnf that was meant for a CA (v3_ca).",
  remedy:
    "Name a section for end entities in req_extensions: keyUsage = digitalSignature, keyEncipherment, and no CA:TRUE.",
  citation: "RFC 5280 §4.2.1.9, §4.2.1.3",
  appliesTo: "request",
  check: ({ view }) => {
    const usage = keyUsage(view);
    const wanted = [
      ...(basicConstraints(view)?.ca === true ? ["cA"] : []),
      ...(usage?.has("keyCertSign") ? ["keyCertSign"] : []),
      ...(usage?.has("cRLSign") ? ["cRLSign"] : []),
    ];
    if (wanted.length === 0) return [];
    const extension =
      findExtension(view.extensions, wanted[0] === "cA" ? oid.basicConstraints : oid.keyUsage)?.node ?? view.node;
    return [
      {
        at: "extensions",
        message: `The request asks for ${wanted.join(", ")}, which only a CA has.`,
        range: { start: extension.start, end: extension.end },
      },
    ];
  },
};
