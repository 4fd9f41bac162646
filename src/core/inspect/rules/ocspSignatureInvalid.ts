import type { Rule } from "./rule.js";

/** `ocsp.signature.invalid` */
export const ocspSignatureInvalid: Rule<"ocspResponse"> = {
  code: "ocsp.signature.invalid",
  severity: "error",
  title: "The signature of an OCSP response does not verify",
  why: "The response was changed, or another key than that of the responder at hand signed it. Nobody may rely on it.",
  remedy: "Ask the responder again; get its certificate anew.",
  citation: "RFC 6960 §3.2",
  appliesTo: "ocspResponse",
  check: ({ view, signature, detail }) => {
    const node = view.basic?.signature.node;
    if (signature !== "invalid" || !node) return [];
    const range = { start: node.start, end: node.end };
    return [{ at: "signature", message: `The response's signature does not verify. ${detail ?? ""}`.trim(), range }];
  },
};
