import { toHex } from "../../asn1/hex.js";
import { definedOnly } from "../../definedOnly.js";
import type { CertIdView } from "../../x509/ocsp.js";
import type { CertificateView } from "../../x509/certificate.js";
import type { CertIdFacts } from "../facts/ocspFacts.js";
import type { ReportNode } from "../report.js";
import { nameValue } from "./nameNodes.js";
import { type Frame, inside, node } from "./nodes.js";

/** A CertID, with its issuer where that is known. */
export function certIdNode(
  frame: Frame,
  segment: string,
  id: CertIdView,
  issuer: CertificateView | undefined,
): ReportNode {
  const below = inside(frame, segment, id.node);
  const [algorithm, name, key, serial] = id.node.children;
  const guide = "certID" as const;
  return node(
    frame,
    segment,
    "certID",
    {
      value: `serial ${id.serialNumber}${issuer ? ` of ${nameValue(issuer.subject).value}` : ""}`,
      copyValue: id.serialNumber,
      from: id.node,
    },
    [
      node(below, "hashAlgorithm", "hashAlgorithm", { value: id.hashAlgorithm.name, from: algorithm, guide }),
      node(below, "issuerNameHash", "issuerNameHash", { value: toHex(id.issuerNameHash), from: name, guide }),
      node(below, "issuerKeyHash", "issuerKeyHash", { value: toHex(id.issuerKeyHash), from: key, guide }),
      node(below, "serialNumber", "serialNumber", { value: id.serialNumber, from: serial }),
    ],
  );
}

/** A CertID as facts. */
export function certIdFacts(id: CertIdView, issuer: CertificateView | undefined): CertIdFacts {
  return definedOnly<CertIdFacts>({
    serialNumber: id.serialNumber,
    hashAlgorithm: id.hashAlgorithm.name,
    issuerNameHash: toHex(id.issuerNameHash),
    issuerKeyHash: toHex(id.issuerKeyHash),
    issuer: issuer?.subject.text,
  });
}
