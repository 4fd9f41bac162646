import { readPem } from "../../asn1/pem.js";
import { decodeText } from "../../asn1/byteText.js";
import { type ConfEntry, confEntry } from "../../config/conf.js";
import { type CertificateView, readCertificate } from "../../x509/certificate.js";
import { keyUsage } from "../../x509/extensionValues.js";
import type { Rule } from "./rule.js";

/** `sscepConf.role.swapped` */
export const sscepConfRoleSwapped: Rule<"sscepConf"> = {
  code: "sscepConf.role.swapped",
  severity: "error",
  title: "CACertFile and EncCertFile name certificates of the wrong role",
  why: "The request is encrypted for EncCertFile, which at NDES must be the RA encryption certificate, and the reply is verified with CACertFile, which must be the RA signing certificate. NDES cannot open a request that is encrypted for another certificate (event 18).",
  remedy:
    "Exchange the two: the certificate with keyEncipherment is EncCertFile, the one with digitalSignature CACertFile.",
  citation: "RFC 8894 §2.1.2; NDES event 18",
  appliesTo: "sscepConf",
  check: ({ conf, place }, { namedFiles }) => {
    const encryption = certificateOf(confEntry(conf, "sscep_enroll", "EncCertFile"), namedFiles);
    const verification = certificateOf(confEntry(conf, "sscep", "CACertFile"), namedFiles);
    return [
      ...(encryption && !may(encryption.certificate, "keyEncipherment")
        ? [
            {
              ...place(encryption.entry.valueRange),
              message:
                "EncCertFile names a certificate whose key usage does not allow keyEncipherment; the server cannot open what is encrypted for it.",
            },
          ]
        : []),
      // Without EncCertFile the same file serves for both, and sscep picks from the set that getca wrote.
      ...(verification && encryption && !may(verification.certificate, "digitalSignature")
        ? [
            {
              ...place(verification.entry.valueRange),
              message:
                "CACertFile names a certificate whose key usage does not allow digitalSignature; no reply can be verified with it.",
            },
          ]
        : []),
    ];
  },
};

function certificateOf(
  entry: ReturnType<typeof confEntry>,
  files: ReadonlyMap<string, Uint8Array> | undefined,
): { readonly entry: ConfEntry; readonly certificate: CertificateView } | undefined {
  const bytes = entry && files?.get(entry.value);
  const der = bytes && readPem(decodeText(bytes).text).find(({ label }) => label.endsWith("CERTIFICATE"))?.der;
  const certificate = der && readCertificate(der);
  return entry && certificate ? { entry, certificate } : undefined;
}

/** Whether a certificate may be used so: its keyUsage says it, or there is none. */
function may(certificate: CertificateView, usage: "keyEncipherment" | "digitalSignature"): boolean {
  return keyUsage(certificate)?.has(usage) ?? true;
}
