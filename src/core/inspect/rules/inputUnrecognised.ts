import { toHex } from "../../asn1/hex.js";
import { count } from "../describe/nodes.js";
import type { Rule } from "./rule.js";

/** `input.unrecognised` */
export const inputUnrecognised: Rule<"input"> = {
  code: "input.unrecognised",
  severity: "error",
  title: "The input is nothing that is known here",
  why: "It is no BER or DER, PEM, base64, hex, answer to GetCACaps or web page.",
  remedy: "Check that this is the right file. A message in DER begins with 30 82 or 30 80, in PEM with -----BEGIN.",
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
