import { findingPage } from "../../src/core/inspect/findingPage.js";
import type { AnyRule } from "../../src/core/inspect/rules/rule.js";

/** The groups of the catalogue by the first part of a code, in their order. */
const groups: Readonly<Record<string, string>> = {
  ndes: "NDES",
  scep: "SCEP messages",
  cms: "CMS",
  csr: "Certificate requests",
  opensslConf: "OpenSSL configurations and mkrequest scripts",
  sscepConf: "sscep configurations",
  cert: "Certificates",
  certsOnly: "Bundles of certificates",
  crl: "Revocation lists",
  ocsp: "OCSP",
  caps: "Capabilities",
  http: "HTTP",
  pcap: "Captures",
  asn1: "Encodings",
  text: "Texts in messages",
  pem: "PEM",
  base64: "Base64",
  hex: "Hex",
  mime: "Mail",
  har: "HAR",
  log: "Logs",
  capture: "Captures",
  input: "Inputs that are no message",
};

/** docs/findings.md: every code that a report can hold, made of the rules themselves. */
export function findingsCatalogue(rules: readonly AnyRule[]): string {
  const byCode = new Map(rules.map((rule) => [rule.code, rule]));
  const sections = Object.entries(groups).map(([prefix, heading]) => {
    const own = [...byCode.values()]
      .filter(({ code }) => code.split(".")[0] === prefix)
      .toSorted((a, b) => (a.code < b.code ? -1 : 1));
    return [`## ${heading}`, "", ...own.map((rule) => findingPage(rule, 3))].join("\n");
  });
  const lines = [
    "# Findings",
    "",
    "What SCEP Workbench notices about messages, requests and exchanges. A code is stable: it stands in `decode --json`,",
    "in the tree and in tooltips. An *error* breaks a MUST or makes an enrolment fail, a *warning* breaks a SHOULD or is",
    "refused by a known server, *information* is worth knowing. The weight given here is the usual one; a message may weigh",
    "more or less where the circumstances are known.",
    "",
    "This page is made of the rules in `src/core/inspect/rules`; `npx vitest run test/unit/inspect/findingsCatalogue.test.ts -u`",
    "writes it.",
    "",
    ...sections,
  ];
  return `${lines.join("\n").trimEnd()}\n`;
}

/** The groups of codes that the catalogue has a heading for. */
export const catalogueGroups: readonly string[] = Object.keys(groups);
