import { toHex } from "../../asn1/hex.js";
import { count } from "../describe/nodes.js";
import type { Rule } from "./rule.js";

/** `input.unrecognised` */
export const inputUnrecognised: Rule<"input"> = {
  code: "input.unrecognised",
  severity: "error",
  title: "The input is nothing that is known here",
  why: "It is no BER or DER, PEM, base64, hex, dump, mail, HTTP exchange, HAR, capture, log that is known, answer to GetCACaps or web page, and nothing of the kind stands in it. docs/inputs.md lists what is recognised.",
  remedy:
    "Check that this is the right file. A message in DER begins with 30 82 or 30 80, in PEM with -----BEGIN, in base64 with MI; a log has to be written with debugging on (sscep -v -d, scep-submit -v, pki --debug 4).",
  citation: "RFC 8894 §3; RFC 7468",
  appliesTo: "input",
  check: ({ kind, name, bytes }) =>
    kind === "text" || kind === "binary"
      ? [
          {
            at: "",
            message: `${name} holds ${count(bytes.length, "byte")} of ${kind === "text" ? "text" : "binary data"} beginning ${toHex(bytes.subarray(0, 8))}, which is no message, certificate, request or key.`,
            range: { start: 0, end: Math.min(bytes.length, 8) },
          },
        ]
      : [],
};
