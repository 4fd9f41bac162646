import { oid } from "../../asn1/oids.js";
import type { Rule } from "./rule.js";

/** `csr.key.unsupported` */
export const csrKeyUnsupported: Rule<"request"> = {
  code: "csr.key.unsupported",
  severity: "error",
  title: "A kind of key that the server cannot serve",
  why: "SCEP's usual envelope encrypts to the client's RSA key. NDES serves RSA keys alone: with an elliptic-curve key it cannot encrypt its reply (event 13, reported by a single source).",
  remedy: "Use an RSA key of 2048 bits or more, or another enrolment protocol for this kind of key.",
  citation: "RFC 8894 §3.1",
  appliesTo: "request",
  check: ({ view: { publicKey }, enrolment }, { target = "ndes" }) =>
    enrolment === "otherProtocol" ||
    (publicKey.algorithm === "RSA" && publicKey.algorithmIdentifier.oid !== oid.rsassaPss)
      ? []
      : [
          {
            at: "subjectPublicKeyInfo",
            message: `The key is ${publicKey.algorithm === "RSA" ? "for RSASSA-PSS signatures alone" : [publicKey.algorithm, publicKey.curve].filter(Boolean).join(" ")}; ${
              target === "ndes"
                ? "NDES serves RSA keys (rsaEncryption) alone"
                : "a SCEP server has to encrypt to it, which takes RSA or a password"
            }.`,
            severity: target === "ndes" ? "error" : "warning",
            range: { start: publicKey.node.start, end: publicKey.node.end },
          },
        ],
};
