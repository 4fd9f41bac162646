import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { toHex } from "../../../src/core/asn1/hex.js";
import type { DigestName } from "../../../src/core/crypto/cryptoPort.js";
import { readPrivateKey } from "../../../src/core/crypto/privateKey.js";
import { readRequest } from "../../../src/core/pkcs10/request.js";
import { type ExtensionWish, requestOfWishes, type RequestWishes } from "../../../src/core/pkcs10/requestWishes.js";
import { readStringMask } from "../../../src/core/pkcs10/stringMask.js";
import { nodeCrypto } from "../../../src/node/nodeCrypto.js";
import { hasOpenssl, OpensslFolder } from "../../support/opensslProgram.js";

const keys = {
  "RSA 2048": ["-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:2048"],
  "RSA 3072": ["-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:3072"],
  "RSA 1024": ["-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:1024"],
  "EC P-256": ["-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256"],
  "EC P-384": ["-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-384"],
  "EC P-521": ["-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-521"],
  Ed25519: ["-algorithm", "ED25519"],
} as const;
type KeyName = keyof typeof keys;

type Rdn = readonly (readonly [type: string, value: string])[];

const subjects: readonly (readonly Rdn[])[] = [
  [[["CN", "dev7.example.com"]]],
  [
    [["C", "DE"]],
    [["ST", "Bayern"]],
    [["L", "München"]],
    [["O", "Example, Inc."]],
    [["OU", "a_b"]],
    [["CN", "dev7.example.com"]],
  ],
  [[["DC", "example"]], [["DC", "lab"]], [["CN", "dev7"]], [["emailAddress", "a@example.com"]]],
  [
    [["O", "Example"]],
    [
      ["CN", "dev7"],
      ["serialNumber", "12:34"],
    ],
  ],
  [
    [["OU", "b"]],
    [["OU", "a"]],
    [
      ["CN", "x"],
      ["UID", "u7"],
      ["GN", "Ada"],
    ],
  ],
  [[["CN", String.raw`a/b\c+d`]]],
  [
    [["UID", "u7"]],
    [["GN", "Ada"]],
    [["SN", "Lovelace"]],
    [["title", "Dr"]],
    [["initials", "AL"]],
    [["dnQualifier", "q1"]],
  ],
  [[["unstructuredName", "dev7"]], [["unstructuredAddress", "192.0.2.7"]], [["serialNumber", "7"]], [["CN", "😀 Жук"]]],
  [[["CN", 'quoted "x" <y>;#z$']]],
  [[["street", "Example Road 7"]], [["1.2.3.4.5", "odd"]], [["CN", "=a=b"]]],
];

/** The form of -subj, which we read too. */
function slashForm(subject: readonly Rdn[]): string {
  const escaped = (text: string): string => text.replaceAll(/[/+\\]/g, String.raw`\$&`);
  return subject.map((rdn) => `/${rdn.map(([type, value]) => `${type}=${escaped(value)}`).join("+")}`).join("") || "/";
}

/** The lines of a configuration's section of the distinguished name. */
function configLines(subject: readonly Rdn[]): readonly string[] {
  let number = 0;
  const escaped = (text: string): string => text.replaceAll(/["'#$\\]/g, String.raw`\$&`);
  return subject.flatMap((rdn) =>
    rdn.map(([type, value], i) => `${number++}.${i > 0 ? "+" : ""}${type} = ${escaped(value)}`),
  );
}

/** Sections of extensions, and the same in our words. */
const extensionSets: Readonly<Record<string, { config: string; wishes: readonly ExtensionWish[] }>> = {
  none: { config: "", wishes: [] },
  "mkrequest's": {
    config: "subjectAltName = critical,DNS:dev7.example.com",
    wishes: [{ kind: "subjectAltName", names: [{ kind: "DNS", text: "dev7.example.com" }], critical: true }],
  },
  "every name": {
    config: `subjectAltName = @names
[names]
DNS = dev7.example.com
IP.1 = 192.0.2.7
IP.2 = 2001:db8::7
email = a@example.com
URI = tag:microsoft.com,2022-09-14:sid:S-1-5-21-1
otherName = 1.3.6.1.4.1.311.20.2.3;UTF8:dev7@example.com`,
    wishes: [
      {
        kind: "subjectAltName",
        names: [
          { kind: "DNS", text: "dev7.example.com" },
          { kind: "IP", text: "192.0.2.7" },
          { kind: "IP", text: "2001:db8::7" },
          { kind: "email", text: "a@example.com" },
          { kind: "URI", text: "tag:microsoft.com,2022-09-14:sid:S-1-5-21-1" },
          { kind: "UPN", text: "dev7@example.com" },
        ],
      },
    ],
  },
  "usages before names": {
    config:
      "basicConstraints = CA:FALSE\nkeyUsage = critical,digitalSignature,keyEncipherment\nextendedKeyUsage = clientAuth,1.3.6.1.4.1.311.20.2.2\nsubjectKeyIdentifier = hash\nsubjectAltName = email:a@example.com",
    wishes: [
      { kind: "basicConstraints", ca: false },
      { kind: "keyUsage", uses: ["digitalSignature", "keyEncipherment"], critical: true },
      { kind: "extendedKeyUsage", usages: ["1.3.6.1.5.5.7.3.2", "1.3.6.1.4.1.311.20.2.2"] },
      { kind: "subjectKeyIdentifier" },
      { kind: "subjectAltName", names: [{ kind: "email", text: "a@example.com" }] },
    ],
  },
  "names before usages": {
    config:
      "subjectAltName = DNS:dev7\nkeyUsage = decipherOnly,cRLSign\nextendedKeyUsage = critical,serverAuth\nbasicConstraints = critical,CA:TRUE",
    wishes: [
      { kind: "subjectAltName", names: [{ kind: "DNS", text: "dev7" }] },
      { kind: "keyUsage", uses: ["cRLSign", "decipherOnly"] },
      { kind: "extendedKeyUsage", usages: ["1.3.6.1.5.5.7.3.1"], critical: true },
      { kind: "basicConstraints", ca: true, critical: true },
    ],
  },
  "Microsoft's": {
    config: `1.3.6.1.4.1.311.20.2 = ASN1:BMP:IPSECIntermediateOffline
1.3.6.1.4.1.311.21.7 = ASN1:SEQUENCE:template
1.3.6.1.4.1.311.21.10 = ASN1:SEQUENCE:policies
1.3.6.1.4.1.311.25.2 = ASN1:SEQUENCE:sid
[template]
oid = OID:1.3.6.1.4.1.311.21.8.1234567.8901234.5.6.7.8
major = INTEGER:100
minor = INTEGER:300
[policies]
p1 = SEQUENCE:policy1
p2 = SEQUENCE:policy2
[policy1]
oid = OID:1.3.6.1.5.5.7.3.2
[policy2]
oid = OID:1.3.6.1.4.1.311.10.12.1
[sid]
name = IMPLICIT:0,SEQUENCE:sidName
[sidName]
oid = OID:1.3.6.1.4.1.311.25.2.1
value = EXPLICIT:0,FORMAT:ASCII,OCT:S-1-5-21-1004336348-1177238915-682003330-512`,
    wishes: [
      { kind: "templateName", name: "IPSECIntermediateOffline" },
      {
        kind: "template",
        oid: "1.3.6.1.4.1.311.21.8.1234567.8901234.5.6.7.8",
        majorVersion: 100,
        minorVersion: 300,
      },
      { kind: "applicationPolicies", policies: ["1.3.6.1.5.5.7.3.2", "1.3.6.1.4.1.311.10.12.1"] },
      { kind: "securityIdentifier", sid: "S-1-5-21-1004336348-1177238915-682003330-512" },
    ],
  },
};

interface Cell {
  readonly key: KeyName;
  readonly subject: readonly Rdn[];
  readonly mask: string | undefined;
  readonly utf8: boolean;
  readonly challenge?: string;
  readonly unstructuredName?: string;
  readonly extensions: string;
  readonly digest: DigestName;
}

const base: Cell = {
  key: "RSA 2048",
  subject: [[["CN", "dev7.example.com"]]],
  mask: "nombstr",
  utf8: true,
  challenge: "8CE317021F690069",
  extensions: "mkrequest's",
  digest: "SHA-256",
};
const { challenge: _, ...withoutChallenge } = base;
const masks = [undefined, "default", "pkix", "nombstr", "MASK:0x2002"] as const;

/** Not every thing with every other, but every subject with every mask, every extension with every key, and so on. */
const cells: readonly Cell[] = [
  // -subj leaves out, without an error, what it has no name for; a configuration takes it, and so do we.
  ...[...subjects.filter((subject) => !slashForm(subject).includes("1.2.3.4.5")), []].flatMap((subject) =>
    masks.flatMap((mask) => [true, false].map((utf8) => ({ ...withoutChallenge, subject, mask, utf8 }))),
  ),
  ...subjects.flatMap((subject) =>
    masks.flatMap((mask) => [true, false].map((utf8) => ({ ...base, subject, mask, utf8, unstructuredName: "dev_7" }))),
  ),
  ...(Object.keys(keys) as KeyName[]).flatMap((key) =>
    Object.keys(extensionSets).map((extensions) => ({ ...base, key, extensions })),
  ),
  ...(["MD5", "SHA-1", "SHA-224", "SHA-256", "SHA-384", "SHA-512"] as const).map((digest) => ({ ...base, digest })),
  ...(["SHA-1", "SHA-224", "SHA-384", "SHA-512"] as const).map((digest) => ({
    ...base,
    digest,
    key: "EC P-256" as const,
  })),
  ...["8CE317021F690069".repeat(8), "a_b@c", "pä55", "€uro", "x"].flatMap((challenge) =>
    masks.map((mask) => ({ ...base, mask, challenge, extensions: "every name" })),
  ),
  ...Object.keys(extensionSets).map((extensions) => ({ ...withoutChallenge, extensions })),
];

describe.skipIf(!hasOpenssl)(
  "our request and that of openssl req -new, of the same wishes and key (needs openssl)",
  () => {
    let folder: OpensslFolder;
    const pkcs8 = new Map<KeyName, Uint8Array>();

    beforeAll(() => {
      folder = new OpensslFolder();
      for (const [name, options] of Object.entries(keys) as [KeyName, readonly string[]][]) {
        folder.run("genpkey", ...options, "-out", `${name}.pem`);
        pkcs8.set(name, readPrivateKey(folder.read(`${name}.pem`)));
      }
    });
    afterAll(() => folder.remove());

    /** openssl's request, or its words where it makes none. */
    function theirs({
      key,
      subject,
      mask,
      utf8,
      challenge,
      unstructuredName,
      extensions,
      digest,
    }: Cell): Uint8Array | string {
      const { config = "" } = extensionSets[extensions] ?? {};
      const attributes = [
        ...(challenge === undefined ? [] : [`challengePassword = ${challenge}`]),
        ...(unstructuredName === undefined ? [] : [`unstructuredName = ${unstructuredName}`]),
      ];
      folder.write(
        "req.cnf",
        [
          "[req]",
          "prompt = no",
          "distinguished_name = dn",
          `utf8 = ${utf8 ? "yes" : "no"}`,
          ...(mask === undefined ? [] : [`string_mask = ${mask}`]),
          ...(attributes.length > 0 ? ["attributes = at"] : []),
          ...(config === "" ? [] : ["req_extensions = ext"]),
          "[dn]",
          ...configLines(subject),
          "[at]",
          ...attributes,
          "[ext]",
          config,
          "",
        ].join("\n"),
      );
      const options = ["-config", "req.cnf", `-${digest.replace("-", "").toLowerCase()}`, ...(utf8 ? ["-utf8"] : [])];
      // With -subj openssl leaves the attributes of the configuration out.
      const subj = attributes.length > 0 ? [] : ["-subj", slashForm(subject)];
      const { status, output } = folder.try(
        ...["req", "-new", "-key", `${key}.pem`, ...options, ...subj, "-outform", "DER", "-out", "req.der"],
      );
      return status === 0 ? folder.read("req.der") : output;
    }

    async function ours(cell: Cell): Promise<Uint8Array | string> {
      const { key, subject, mask, utf8, challenge, unstructuredName, extensions, digest } = cell;
      const wishes: RequestWishes = {
        subject: subject.length === 0 ? "" : slashForm(subject),
        strings: { mask: readStringMask(mask) ?? Number.NaN, utf8 },
        ...(challenge !== undefined && { challengePassword: { text: challenge } }),
        ...(unstructuredName !== undefined && { unstructuredName }),
        extensions: extensionSets[extensions]?.wishes ?? [],
        digest,
      };
      try {
        return await requestOfWishes(nodeCrypto, wishes, pkcs8.get(key) ?? new Uint8Array());
      } catch (error) {
        return String(error);
      }
    }

    /** What must be the same: all of it, or all but the signature, where that is another each time. */
    function comparable(cell: Cell, request: Uint8Array): string {
      const view = readRequest(request);
      if (cell.key.startsWith("RSA") || cell.key === "Ed25519") return toHex(request);
      return toHex(view?.info ?? new Uint8Array()) + toHex(view?.signatureAlgorithm.node.encoding ?? new Uint8Array());
    }

    for (const cell of cells) {
      const { key, subject, mask = "no mask", utf8, challenge = "no challenge", extensions, digest } = cell;
      it(`${key}, ${digest}, ${slashForm(subject)}, ${mask}${utf8 ? "" : ", Latin-1"}, ${challenge}, ${extensions}`, async () => {
        const [made, wanted] = [await ours(cell), theirs(cell)];
        if (typeof wanted === "string" || typeof made === "string") {
          // Where one of us refuses, so does the other, and for its characters.
          expect([typeof made === "string" ? made : "made", typeof wanted === "string" ? wanted : "made"]).toEqual([
            expect.stringContaining("characters that"),
            expect.stringContaining("illegal characters"),
          ]);
          return;
        }
        expect(comparable(cell, made)).toBe(comparable(cell, wanted));
        folder.write("ours.der", made);
        const { output } = folder.try("req", "-inform", "DER", "-in", "ours.der", "-noout", "-verify");
        expect(output).toContain("verify OK");
      });
    }

    it("has Microsoft's attributes, as asn1parse shows them", async () => {
      const request = await requestOfWishes(
        nodeCrypto,
        {
          subject: "CN=dev7",
          osVersion: "10.0.20348.2",
          clientInfo: { clientId: 5, machine: "dev7", user: "LAB\\ada", process: "certreq.exe" },
          cspProvider: "Microsoft Software Key Storage Provider",
        },
        pkcs8.get("RSA 2048") ?? new Uint8Array(),
      );
      folder.write("ms.der", request);
      const text = folder
        .run("asn1parse", "-inform", "DER", "-in", "ms.der")
        .replaceAll(/^ *\d+:d=\d+ +hl=\d+ l= *\d+ /gm, "");
      expect(text).toMatch(/1\.3\.6\.1\.4\.1\.311\.13\.2\.3\ncons: SET *\nprim: IA5STRING +:10\.0\.20348\.2\n/);
      expect(text).toMatch(
        /1\.3\.6\.1\.4\.1\.311\.21\.20\ncons: SET *\ncons: SEQUENCE *\nprim: INTEGER +:05\nprim: UTF8STRING +:dev7\nprim: UTF8STRING +:LAB\\ada\nprim: UTF8STRING +:certreq.exe\n/,
      );
      expect(text).toMatch(
        /1\.3\.6\.1\.4\.1\.311\.13\.2\.2\ncons: SET *\ncons: SEQUENCE *\nprim: INTEGER +:01\nprim: BMPSTRING *\nprim: BIT STRING *\n/,
      );
      expect(folder.try("req", "-inform", "DER", "-in", "ms.der", "-noout", "-verify").output).toContain("verify OK");
    });
  },
);
