import type { Rule } from "./rule.js";

/** `ocsp.expired` */
export const ocspExpired: Rule<"ocspResponse"> = {
  code: "ocsp.expired",
  severity: "warning",
  title: "An OCSP response that is no longer current",
  why: "After nextUpdate newer information is there, and clients refuse the old response.",
  remedy: "Ask the responder again; a server that staples has to fetch a new response in time.",
  citation: "RFC 6960 §4.2.2.1",
  appliesTo: "ocspResponse",
  check: ({ view }, { now }) =>
    (view.basic?.responses ?? []).slice(0, 200).flatMap(({ nextUpdate, node }, index) => {
      if (!nextUpdate || nextUpdate >= now) return [];
      const range = { start: node.start, end: node.end };
      const day = nextUpdate.toISOString().slice(0, 10);
      return [{ at: `responses/${index}`, message: `The answer was current until ${day}.`, range }];
    }),
};
