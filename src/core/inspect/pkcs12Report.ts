import type { BerNode } from "../asn1/berNode.js";
import { readBer } from "../asn1/berReader.js";
import { toHex } from "../asn1/hex.js";
import { visibleText } from "../asn1/visibleText.js";
import { openPkcs12, type Pkcs12Bag, type Pkcs12Reading, type Pkcs12Safe } from "../cms/pkcs12.js";
import { definedOnly } from "../definedOnly.js";
import { readCertificate } from "../x509/certificate.js";
import { assemble, frameOf, type Place } from "./assemble.js";
import { reportOnAsn1 } from "./asn1Report.js";
import { reportOnCertificate } from "./certificateReport.js";
import { count, type Frame, hexValue, inside, node, rangeOf, textValue } from "./describe/nodes.js";
import type { Pkcs12Facts } from "./facts/keyFacts.js";
import { reportOnPrivateKey } from "./privateKeyReport.js";
import type { NodeStatus, Report, ReportNode, Verdict } from "./report.js";
import { encodingOf, structureOf } from "./structureOf.js";

/** Keys and certificates of one container that are reported on. */
const mostReported = 100;

const macStatus: Readonly<Record<Pkcs12Reading["mac"], NodeStatus>> = {
  valid: "ok",
  wrong: "warning",
  absent: "warning",
  unsupported: "warning",
};

/** The report on a PKCS #12 container (RFC 7292): its MAC, and each bag that a passphrase at hand opens. */
export async function reportOnPkcs12(root: BerNode, place: Place): Promise<Report> {
  const container = await openPkcs12(place.context.crypto, root, place.context.passwords ?? []);
  if (!container) return reportOnAsn1(root, place, "A PKCS #12 container that is signed or damaged");
  const frame = frameOf(place, root.bytes);
  const structure = structureOf(place, root, "asn1");
  const bags = container.safes.flatMap((safe) => safe.bags);
  const reports = await bagReports(bags, container, place);
  const reason = [...container.safes, ...bags].find((part) => part.reason !== undefined)?.reason;
  const facts = definedOnly<Pkcs12Facts>({
    kind: "pkcs12",
    ...place.source,
    encoding: encodingOf(root),
    mac: container.mac,
    bags: bags.map(bagFacts),
    reason,
  });
  const keys = bags.filter(({ type }) => type === "keyBag" || type === "pkcs8ShroudedKeyBag").length;
  const certificates = bags.filter(({ type }) => type === "certBag").length;
  const what = [count(keys, "key"), count(certificates, "certificate")].join(", ");
  return assemble(place, {
    title: "PKCS #12",
    facts,
    bytes: root.bytes,
    root: {
      label: "PKCS #12",
      value: what,
      range: rangeOf(root),
      explanation: "A container for a key and its certificates, under a passphrase.",
      citation: "RFC 7292 §4",
      children: () => [
        node(frame, "mac", "mac", {
          value: `${macWords(container)}${container.macWords === undefined ? "" : ` (${container.macWords})`}`,
          status: macStatus[container.mac],
          explanation: "Whether the passphrase is right and nothing was changed.",
          citation: "RFC 7292 §4, §B",
          from: root.child(2),
        }),
        ...container.safes.map((safe, index) => safeNode(frame, String(index), safe)),
        ...reports.map((report) => report.root),
        structure?.root(),
      ],
    },
    subjects: structure ? [structure.subject] : [],
    contains: reports,
    verdict: () => verdictOf(container, what, reason),
  });
}

async function bagReports(bags: readonly Pkcs12Bag[], container: Pkcs12Reading, place: Place): Promise<Report[]> {
  const certificates = bags.flatMap(({ certificate }) => (certificate ? [certificate] : []));
  // A key says which of the certificates beside it in the container is its own.
  const context = { ...place.context, certificates: [...certificates, ...place.context.certificates] };
  const reports: Report[] = [];
  for (const [index, { certificate, pkcs8 }] of bags.slice(0, mostReported).entries()) {
    const bytes = certificate ?? pkcs8;
    if (!bytes) continue;
    const inner: Place = {
      ...place,
      context,
      path: `${place.path}/content${index}`,
      label: certificate ? "Certificate" : "Private key",
      buffer: new Uint8Array(),
      wrapping: [],
      name: container.openedWith ?? place.name,
      source: { offset: 0, length: bytes.length },
    };
    const view = certificate && readCertificate(certificate);
    if (view) reports.push(await reportOnCertificate(view, inner));
    else if (pkcs8 && readBer(pkcs8)) reports.push(await reportOnPrivateKey({ bytes: pkcs8 }, inner));
  }
  return reports;
}

function macWords({ mac, openedWith }: Pkcs12Reading): string {
  switch (mac) {
    case "valid":
      return `right, with ${visibleText(openedWith ?? "the passphrase", 100)}`;
    case "wrong":
      return "not right with any passphrase that is known";
    case "absent":
      return "none: nothing shows whether the container was changed";
    case "unsupported":
      return "not checked: its algorithm is not supported";
  }
}

function safeNode(frame: Frame, segment: string, { node: from, encryption, bags, reason }: Pkcs12Safe): ReportNode {
  const below = inside(frame, segment, from);
  const how = encryption === undefined ? "in clear" : encryption;
  return node(
    frame,
    segment,
    "safe contents",
    {
      value: `${reason ?? count(bags.length, "bag")} (${how})`,
      status: reason === undefined ? undefined : "warning",
      explanation: "A part of the container, in clear or encrypted as a whole.",
      citation: "RFC 7292 §4.1",
      from,
    },
    bags.map((bag, index) => bagNode(below, String(index), bag)),
  );
}

function bagNode(frame: Frame, segment: string, bag: Pkcs12Bag): ReportNode {
  const below = inside(frame, segment, bag.node);
  const line = (label: string, value: string, explanation: string): ReportNode =>
    node(below, label, label, { value, explanation, citation: "RFC 7292 §4.2; RFC 2985 §5.5" });
  return node(
    frame,
    segment,
    visibleText(bag.type, 60),
    {
      value: bag.reason ?? bag.encryption ?? (bag.friendlyName === undefined ? "" : textValue(bag.friendlyName).value),
      status: bag.reason === undefined ? undefined : "warning",
      explanation: "One thing in the container.",
      citation: "RFC 7292 §4.2",
      from: bag.node,
    },
    [
      bag.friendlyName === undefined
        ? undefined
        : line("friendlyName", textValue(bag.friendlyName).value, "What people call it."),
      bag.localKeyId && line("localKeyID", hexValue(bag.localKeyId).value, "The same for a key and its certificate."),
      bag.cspName === undefined
        ? undefined
        : line("cspName", textValue(bag.cspName).value, "The Windows provider that the key is for."),
      bag.encryption === undefined ? undefined : line("encryption", bag.encryption, "How the key is encrypted."),
    ],
  );
}

function bagFacts({ type, friendlyName, localKeyId, encryption }: Pkcs12Bag): Pkcs12Facts["bags"][number] {
  return definedOnly<Pkcs12Facts["bags"][number]>({
    type,
    friendlyName,
    localKeyID: localKeyId && toHex(localKeyId),
    encryption,
  });
}

function verdictOf(container: Pkcs12Reading, what: string, reason: string | undefined): Verdict {
  if (container.mac === "wrong") {
    return {
      status: "warning",
      headline: "PKCS #12 · closed",
      sentence: "The container does not open: none of the passphrases that are known is the right one.",
      remedy: "Give its passphrase.",
    };
  }
  if (reason !== undefined) return { status: "warning", headline: `PKCS #12 · ${what}`, sentence: reason };
  const withWhat = container.openedWith === undefined ? "" : ` with ${visibleText(container.openedWith, 100)}`;
  return {
    status: "ok",
    headline: `PKCS #12 · ${what}`,
    sentence: `The container opens${withWhat}; it holds ${what}.`,
  };
}
