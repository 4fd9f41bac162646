import { readOaepParameters } from "../../crypto/oaepParameters.js";
import type { AlgorithmIdentifierView } from "../../crypto/algorithmIdentifier.js";
import { readAlgorithmIdentifier } from "../../crypto/algorithmIdentifier.js";
import { readKeyDerivation } from "../../crypto/passwordEncryption.js";
import { keyTransportByOid } from "../../crypto/algorithms.js";
import type { RecipientInfoView } from "../../cms/recipientInfo.js";
import type { CertificateIdentifier } from "../../cms/signedData.js";
import type { CertificateView } from "../../x509/certificate.js";
import type { RoleAssignment } from "../../x509/roles.js";
import { identifierWords, keyTransportWords, namedOid } from "../cmsNodes.js";
import type { ReportNode } from "../report.js";
import { nameValue } from "./nameNodes.js";
import { count, type Frame, hexValue, inside, node } from "./nodes.js";

/** Who can open an envelope, as far as a recipient says: a certificate, a password, a secret key. */
export function recipientWords(
  recipient: RecipientInfoView,
  candidates: readonly CertificateView[],
  known: readonly RoleAssignment[],
): string {
  const whose = (rid: CertificateIdentifier): string => identifierWords(rid, candidates, known);
  switch (recipient.type) {
    case "keyTrans":
      return whose(recipient.rid);
    case "keyAgree":
      return (
        recipient.recipientEncryptedKeys
          .slice(0, 20)
          .map(({ rid }) => whose(rid))
          .join(", ") || "nobody"
      );
    case "kek":
      return `whoever has the secret key ${hexValue(recipient.keyIdentifier).value}`;
    case "password":
      return "a password";
    case "other": {
      const { kem, oriType } = recipient;
      if (kem) return `${kem.rid ? whose(kem.rid) : "somebody"} by ${kem.algorithm.name}`;
      return oriType === undefined ? "a recipient that cannot be read" : `a recipient of type ${namedOid(oriType)}`;
    }
  }
}

/** A recipient with everything that it says. */
export function recipientNode(
  frame: Frame,
  segment: string,
  recipient: RecipientInfoView,
  candidates: readonly CertificateView[],
  known: readonly RoleAssignment[],
): ReportNode {
  const words = recipientWords(recipient, candidates, known);
  const below = inside(frame, segment, recipient.node);
  return node(
    frame,
    segment,
    "recipient",
    { value: words, from: recipient.node, guide: "RecipientInfo" },
    partsOf(below, recipient),
  );
}

function partsOf(below: Frame, recipient: RecipientInfoView): (ReportNode | undefined)[] {
  switch (recipient.type) {
    case "keyTrans":
      return [
        ...identifierNodes(below, "", recipient.rid),
        algorithmNode(below, recipient.keyEncryptionAlgorithm),
        keyNode(below, "encryptedKey", recipient.encryptedKey),
      ];
    case "keyAgree":
      return [
        originatorNode(below, recipient),
        recipient.ukm &&
          explained(
            below,
            "ukm",
            "ukm",
            hexValue(recipient.ukm).value,
            "User keying material: makes the agreed key another one each time.",
          ),
        algorithmNode(below, recipient.keyEncryptionAlgorithm),
        ...recipient.recipientEncryptedKeys
          .slice(0, 20)
          .flatMap(({ rid, encryptedKey }, index) => [
            ...identifierNodes(below, `${index}.`, rid),
            keyNode(below, `${index}.encryptedKey`, encryptedKey),
          ]),
      ];
    case "kek":
      return [
        explained(
          below,
          "keyIdentifier",
          "keyIdentifier",
          hexValue(recipient.keyIdentifier).value,
          "Which of the secret keys that both sides have.",
          "RFC 5652 §6.2.3",
        ),
        algorithmNode(below, recipient.keyEncryptionAlgorithm),
        keyNode(below, "encryptedKey", recipient.encryptedKey),
      ];
    case "password": {
      const { keyDerivationAlgorithm } = recipient;
      const derivation = keyDerivationAlgorithm && readKeyDerivation(keyDerivationAlgorithm);
      return [
        keyDerivationAlgorithm &&
          node(below, "keyDerivationAlgorithm", "keyDerivationAlgorithm", {
            value: typeof derivation === "object" ? derivation.name : keyDerivationAlgorithm.name,
            explanation: "How the key is made of the password.",
            citation: "RFC 5652 §6.2.4; RFC 8018 §5.2",
            from: keyDerivationAlgorithm.node,
          }),
        algorithmNode(below, recipient.keyEncryptionAlgorithm),
        keyNode(below, "encryptedKey", recipient.encryptedKey),
      ];
    }
    case "other": {
      const { kem, oriType } = recipient;
      return [
        oriType === undefined
          ? undefined
          : explained(
              below,
              "oriType",
              "oriType",
              namedOid(oriType),
              "The type of a recipient that RFC 5652 does not define.",
              "RFC 5652 §6.2.5",
            ),
        ...(kem?.rid ? identifierNodes(below, "", kem.rid) : []),
        kem && explained(below, "kem", "kem", kem.algorithm.name, "The key encapsulation mechanism.", "RFC 9629 §3"),
        kem?.wrap && explained(below, "wrap", "wrap", kem.wrap.name, "How the content key is wrapped.", "RFC 9629 §3"),
      ];
    }
  }
}

function identifierNodes(below: Frame, prefix: string, rid: CertificateIdentifier): ReportNode[] {
  if (rid.kind === "subjectKeyIdentifier") {
    return [
      node(below, `${prefix}subjectKeyIdentifier`, "subjectKeyIdentifier", {
        ...hexValue(rid.keyIdentifier),
        from: rid.node,
      }),
    ];
  }
  return [
    node(below, `${prefix}issuer`, "issuer", { ...nameValue(rid.issuer), from: rid.node }),
    node(below, `${prefix}serialNumber`, "serialNumber", { value: rid.serialNumber, from: rid.node }),
  ];
}

function originatorNode(below: Frame, { originator }: Extract<RecipientInfoView, { type: "keyAgree" }>): ReportNode {
  const value =
    originator.kind === "publicKey"
      ? "a public key made for this message"
      : originator.identifier.kind === "issuerAndSerialNumber"
        ? `the certificate ${originator.identifier.serialNumber} of ${nameValue(originator.identifier.issuer).value}`
        : `the certificate with the key identifier ${hexValue(originator.identifier.keyIdentifier).value}`;
  return node(below, "originator", "originator", {
    value,
    explanation: "The sender's side of the key agreement.",
    citation: "RFC 5652 §6.2.2; RFC 5753 §3.1.1",
    from: originator.node,
  });
}

function algorithmNode(below: Frame, algorithm: AlgorithmIdentifierView): ReportNode {
  return node(below, "keyEncryptionAlgorithm", "keyEncryptionAlgorithm", {
    value: keyEncryptionWords(algorithm),
    from: algorithm.node,
  });
}

/** A key encryption with its parameters in words: `RSAES-OAEP with SHA-256`, `dhSinglePass-stdDH-sha256kdf with AES-128-wrap`. */
export function keyEncryptionWords(algorithm: AlgorithmIdentifierView): string {
  const name = keyTransportWords(algorithm);
  if (keyTransportByOid(algorithm.oid)?.name === "RSAES-OAEP") {
    const parameters = readOaepParameters(algorithm.parameters);
    if (!parameters) return `${name} with parameters that cannot be read`;
    const { digest, maskDigest, label } = parameters;
    const mask = maskDigest === digest ? "" : `, MGF1 with ${maskDigest}`;
    return `${name} with ${digest}${mask}${label.length > 0 ? `, label ${hexValue(label).value}` : ""}`;
  }
  const inner = readAlgorithmIdentifier(algorithm.parameters);
  return inner ? `${name} with ${inner.name}` : name;
}

function keyNode(below: Frame, segment: string, encryptedKey: Uint8Array): ReportNode {
  return node(below, segment, "encryptedKey", { value: count(encryptedKey.length, "byte") });
}

function explained(
  below: Frame,
  segment: string,
  label: string,
  value: string,
  explanation: string,
  citation = "RFC 5652 §6.2.2",
): ReportNode {
  return node(below, segment, label, { value, explanation, citation });
}
