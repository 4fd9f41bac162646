import type { InspectContext } from "../../../../src/core/inspect/context.js";
import { derValue, sequence } from "../../../../src/core/asn1/derWriter.js";
import { oid } from "../../../../src/core/asn1/oids.js";
import {
  basicConstraintsExtension,
  type ExtensionInput,
  keyUsageExtension,
} from "../../../../src/core/x509/buildExtensions.js";
import { clientKey } from "../../../support/clientMessage.js";
import {
  caExtensions,
  issuingCertificate,
  type OddCertificate,
  oddCertificate,
  utcTime,
  withSignatureChanged,
} from "../../../support/oddCertificate.js";
import type { Example, RuleCase } from "../../../support/ruleCase.js";

/** A faultless certificate below an issuer that is odd. */
function below(what: string, issuer: OddCertificate, says?: string): Example {
  return {
    what,
    input: () => oddCertificate(),
    known: async () => ({ certificates: [await issuingCertificate(issuer)] }),
    ...(says !== undefined && { says }),
  };
}

/** A faultless certificate below two CAs, the upper of which allows so many below it. */
function belowTwo(what: string, pathLength: number, says?: string): Example {
  const known = async (): Promise<Partial<InspectContext>> => {
    const rootKey = await clientKey(2048, "Root CA");
    const root = { issuer: "CN=Root CA", subject: "CN=Root CA", key: rootKey, signer: rootKey };
    return {
      certificates: [
        await oddCertificate({ ...root, extensions: caExtensions(pathLength) }),
        await issuingCertificate({ issuer: "CN=Root CA", signer: rootKey }),
      ],
    };
  };
  return { what, input: () => oddCertificate(), known, ...(says !== undefined && { says }) };
}

const onlyWithin = (domain: string): ExtensionInput => ({
  oid: oid.nameConstraints,
  critical: true,
  valueDer: sequence(derValue(0xa0, sequence(derValue(0x82, new TextEncoder().encode(domain))))),
});

/** What is said of a certificate for what stands above it. */
export const chainCases: readonly RuleCase[] = [
  {
    code: "cert.chain.validity",
    fires: [
      below(
        "a CA that has expired",
        { notAfter: utcTime("260601000000Z") },
        "Issuing CA, which this certificate's path leads over, expired on 2026-06-01.",
      ),
      below("a CA that is not valid yet", { notBefore: utcTime("260701000000Z") }, "is valid from 2026-07-01 only"),
    ],
    nearMiss: [below("a CA that expires this second", { notAfter: utcTime("260615120000Z") })],
  },
  {
    code: "cert.chain.notCa",
    fires: [
      below("an issuer without cA", { extensions: [basicConstraintsExtension(false)] }, "is no CA (basicConstraints)"),
      below(
        "an issuer of version 3 without basicConstraints",
        { extensions: [keyUsageExtension(["keyCertSign"])] },
        "is no CA",
      ),
    ],
    nearMiss: [below("a root of version 1, which has none", { version: null, extensions: [] })],
  },
  {
    code: "cert.chain.keyCertSign",
    fires: [
      below(
        "a CA that may sign lists alone",
        { extensions: [basicConstraintsExtension(true), keyUsageExtension(["cRLSign"])] },
        "may not sign certificates",
      ),
    ],
    nearMiss: [below("a CA without keyUsage", { extensions: [basicConstraintsExtension(true)] })],
  },
  {
    code: "cert.chain.pathLength",
    fires: [belowTwo("one CA where none is allowed", 0, "allows no CA below it (pathLenConstraint), and there is 1")],
    nearMiss: [
      belowTwo("one CA where one is allowed", 1),
      below("none where none is allowed", { extensions: caExtensions(0) }),
    ],
  },
  {
    code: "cert.chain.nameConstraints",
    fires: [
      below(
        "a name of another domain",
        { extensions: [...caExtensions(), onlyWithin("example.org")] },
        "does not allow the name DNS:dev7.example.com",
      ),
    ],
    nearMiss: [below("a name within the domain", { extensions: [...caExtensions(), onlyWithin("example.com")] })],
  },
  {
    code: "cert.signature.invalid",
    fires: [
      {
        ...below("changed after it was signed", {}, "does not verify with the key of CN=Issuing CA"),
        input: async () => withSignatureChanged(await oddCertificate()),
      },
      {
        what: "a root that does not verify with its own key",
        input: async () => withSignatureChanged(await issuingCertificate()),
        says: "does not verify with its own key",
      },
    ],
    nearMiss: [
      {
        what: "nobody is known who may have signed it",
        input: async () => withSignatureChanged(await oddCertificate()),
      },
      {
        what: "a CA of that name had another key before",
        input: () => oddCertificate(),
        known: async () => {
          const old = await clientKey(2048, "old Issuing CA");
          return { certificates: [await issuingCertificate({ key: old, signer: old }), await issuingCertificate()] };
        },
      },
      { what: "a root that its own key signed", input: () => issuingCertificate() },
    ],
  },
];
