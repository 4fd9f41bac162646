import { derValue, sequence } from "../../../../src/core/asn1/derWriter.js";
import { oid } from "../../../../src/core/asn1/oids.js";
import type { ExtensionInput } from "../../../../src/core/x509/buildExtensions.js";
import { clientKey } from "../../../support/clientMessage.js";
import {
  generalizedTime,
  issuingCertificate,
  type OddCrl,
  oddCrl,
  utcTime,
  withSignatureChanged,
} from "../../../support/oddCertificate.js";
import type { Example, RuleCase } from "../../../support/ruleCase.js";

function list(what: string, odd: OddCrl, says?: string): Example {
  return { what, input: () => oddCrl(odd), ...(says !== undefined && { says }) };
}

const issuerKnown: Pick<Example, "known"> = { known: async () => ({ certificates: [await issuingCertificate()] }) };

const unknown = (critical: boolean): ExtensionInput => ({
  oid: "1.3.6.1.4.1.99999.1",
  critical,
  valueDer: Uint8Array.of(5, 0),
});

/** An issuingDistributionPoint for end entities' certificates. */
const onlyUsers: ExtensionInput = {
  oid: oid.issuingDistributionPoint,
  critical: true,
  valueDer: sequence(derValue(0x81, Uint8Array.of(0xff))),
};

/** What is said of a revocation list. */
export const crlCases: readonly RuleCase[] = [
  {
    code: "crl.expired",
    fires: [list("due a second ago", { nextUpdate: utcTime("260615115959Z") }, "The next list was due on 2026-06-15.")],
    nearMiss: [list("due this second", { nextUpdate: utcTime("260615120000Z") })],
  },
  {
    code: "crl.nextUpdate.missing",
    fires: [list("nothing said", { nextUpdate: null }, "does not say when the next one is due")],
    nearMiss: [list("due in a time that never comes", { nextUpdate: generalizedTime("99991231235959Z") })],
  },
  {
    code: "crl.version",
    fires: [list("no version, which is 1", { version: null }, "says version 1 and has extensions")],
    nearMiss: [list("version 1 without extensions", { version: null, extensions: [] })],
  },
  {
    code: "crl.extension.unknownCritical",
    fires: [list("a private one", { extensions: [unknown(true)] }, "1.3.6.1.4.1.99999.1 is critical")],
    nearMiss: [
      list("the same, not critical", { extensions: [unknown(false)] }),
      list("one that is known", { extensions: [onlyUsers] }),
    ],
  },
  {
    code: "crl.signature.invalid",
    fires: [
      {
        what: "changed after it was signed",
        input: async () => withSignatureChanged(await oddCrl()),
        ...issuerKnown,
        says: "does not verify with its issuer's key",
      },
      {
        what: "signed with the key that the CA had before",
        input: () => oddCrl(),
        known: async () => {
          const other = await clientKey(2048, "old Issuing CA");
          return { certificates: [await issuingCertificate({ key: other, signer: other })] };
        },
        says: "does not verify with its issuer's key",
      },
    ],
    nearMiss: [
      { what: "nobody is known who may have signed it", input: async () => withSignatureChanged(await oddCrl()) },
      { what: "signed by the CA that is known", input: () => oddCrl(), ...issuerKnown },
    ],
  },
];
