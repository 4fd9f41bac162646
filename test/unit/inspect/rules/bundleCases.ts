import { contextConstructed, derValue, octetStringValue, sequence } from "../../../../src/core/asn1/derWriter.js";
import { objectIdentifier } from "../../../../src/core/asn1/buildValue.js";
import { oid } from "../../../../src/core/asn1/oids.js";
import { buildCertsOnly } from "../../../../src/core/cms/buildCertsOnly.js";
import { oddCertificate } from "../../../support/oddCertificate.js";
import type { RuleCase } from "../../../support/ruleCase.js";

/** A certs-only message (RFC 8894 §3.4) around an encapContentInfo of data and its content. */
async function bundle(...content: readonly Uint8Array[]): Promise<Uint8Array> {
  const emptySet = derValue(0x31);
  const signedData = sequence(
    derValue(0x02, Uint8Array.of(1)),
    emptySet,
    sequence(objectIdentifier(oid.data), ...content),
    contextConstructed(0, await oddCertificate()),
    emptySet,
  );
  return sequence(objectIdentifier(oid.signedData), contextConstructed(0, signedData));
}

/** What is said of a bundle of certificates. */
export const bundleCases: readonly RuleCase[] = [
  {
    code: "certsOnly.content",
    fires: [
      {
        what: "a string of no bytes",
        input: () => bundle(contextConstructed(0, octetStringValue(new Uint8Array()))),
        says: "it has to be omitted",
      },
      {
        what: "some bytes",
        input: () => bundle(contextConstructed(0, octetStringValue(Uint8Array.of(1, 2)))),
        says: "it has to be omitted",
      },
    ],
    nearMiss: [{ what: "no content", input: () => bundle() }],
  },
  {
    code: "certsOnly.empty",
    fires: [{ what: "no certificate", input: () => buildCertsOnly([]), says: "neither a certificate nor" }],
    nearMiss: [{ what: "one certificate", input: async () => buildCertsOnly([await oddCertificate()]) }],
  },
];
