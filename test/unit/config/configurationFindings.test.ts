import { describe, expect, it } from "vitest";
import { writePem } from "../../../src/core/asn1/pem.js";
import { keyUsageExtension } from "../../../src/core/x509/buildExtensions.js";
import { inspectOne, nodesOf } from "../../support/inspection.js";
import { makeIdentity } from "../../support/testIdentity.js";

/** The text that each finding of a configuration stands on, by its code. */
async function findings(text: string, known: Parameters<typeof inspectOne>[2] = {}): Promise<string[]> {
  const report = await inspectOne(new TextEncoder().encode(text), "a configuration", known);
  return report.findings.map(({ code, range }) => `${code} ${JSON.stringify(text.slice(range?.start, range?.end))}`);
}

/** PEM of a certificate that may be used for one thing only. */
async function certificateFor(usage: "digitalSignature" | "keyEncipherment"): Promise<Uint8Array> {
  const { der } = await makeIdentity("CN=RA", "01", [keyUsageExtension([usage])]);
  return new TextEncoder().encode(writePem("CERTIFICATE", der));
}

const dn = "distinguished_name = dn\nprompt = no\n";
const challenge = "attributes = at\n";
const rest = "[ dn ]\nCN = a\n[ at ]\nchallengePassword = ABC123\n";

describe("an OpenSSL configuration", () => {
  it.each([
    [
      "a challenge and no string_mask",
      `[ req ]\n${dn}${challenge}${rest}`,
      ['opensslConf.stringMask.missing "[ req ]"'],
    ],
    ["the same with nombstr", `[ req ]\nstring_mask = nombstr\n${dn}${challenge}${rest}`, []],
    [
      "a string_mask before the first section, which holds for all",
      `string_mask = pkix\n[ req ]\n${dn}${challenge}${rest}`,
      [],
    ],
    ["no string_mask and no challenge", `[ req ]\n${dn}[ dn ]\nCN = a\n`, []],
    [
      "utf8only",
      `[ req ]\nstring_mask = utf8only\n${dn}${challenge}${rest}`,
      ['opensslConf.stringMask.utf8 "utf8only"'],
    ],
    ["utf8only without a challenge", `[ req ]\nstring_mask = utf8only\n${dn}[ dn ]\nCN = a\n`, []],
    [
      "a mask without PrintableString",
      `[ req ]\nstring_mask = MASK:0x2000\n${dn}${challenge}${rest}`,
      ['opensslConf.stringMask.utf8 "MASK:0x2000"'],
    ],
    ["a mask with PrintableString and UTF8String", `[ req ]\nstring_mask = MASK:0x2002\n${dn}${challenge}${rest}`, []],
    [
      "a mask that there is not",
      `[ req ]\nstring_mask = nombstring\n${dn}${challenge}${rest}`,
      ['opensslConf.stringMask.invalid "nombstring"'],
    ],
    ["1024 bits", `[ req ]\ndefault_bits = 1024\n${dn}[ dn ]\nCN = a\n`, ['opensslConf.defaultBits.tooSmall "1024"']],
    ["2048 bits", `[ req ]\ndefault_bits = 2048\n${dn}[ dn ]\nCN = a\n`, []],
    ["md5", `[ req ]\ndefault_md = md5\n${dn}[ dn ]\nCN = a\n`, ['opensslConf.digest.weak "md5"']],
    ["sha256", `[ req ]\ndefault_md = sha256\n${dn}[ dn ]\nCN = a\n`, []],
    [
      "a challenge that no attributes name",
      `[ req ]\nstring_mask = nombstr\n${dn}${rest}`,
      ['opensslConf.attributes.unused "challengePassword"'],
    ],
    [
      "a section that is not there",
      `[ req ]\n${dn}req_extensions = v3\n[ dn ]\nCN = a\n`,
      ['opensslConf.section.missing "v3"'],
    ],
    [
      "a section that an included file may have",
      `.include more.cnf\n[ req ]\n${dn}req_extensions = v3\n[ dn ]\nCN = a\n`,
      ['opensslConf.include ".include more.cnf"'],
    ],
    [
      "a challenge that cannot be a PrintableString",
      `[ req ]\nstring_mask = nombstr\n${dn}${challenge}[ dn ]\nCN = a\n[ at ]\nchallengePassword = p@ss_word\n`,
      ['opensslConf.challenge.characters "p@ss_word"'],
    ],
    [
      "the question for a challenge, with whatever characters",
      `[ req ]\nstring_mask = nombstr\ndistinguished_name = dn\n${challenge}[ dn ]\nCN = a\n[ at ]\nchallengePassword = Your password @ work\n`,
      [],
    ],
    [
      "a critical subjectAltName",
      `[ req ]\n${dn}[ dn ]\nCN = a\n[ v3 ]\nsubjectAltName = critical,DNS:a\n`,
      ['opensslConf.san.critical "critical,DNS:a"'],
    ],
    ["one that is not critical", `[ req ]\n${dn}[ dn ]\nCN = a\n[ v3 ]\nsubjectAltName = DNS:critical,DNS:a\n`, []],
    ["a line at which OpenSSL stops", `[ req ]\n${dn}oops\n[ dn ]\nCN = a\n`, ['opensslConf.syntax "oops"']],
  ])("%s", async (_, text, expected) => {
    expect(await findings(text)).toEqual(expected);
  });

  it("in UTF-16 has its findings at the bytes", async () => {
    const text = `[ req ]\ndefault_bits = 512\n${dn}[ dn ]\nCN = a\n`;
    const bytes = new Uint8Array(Buffer.from(`\ufeff${text}`, "utf16le"));
    const report = await inspectOne(bytes, "utf16.cnf");
    const start = 2 + 2 * text.indexOf("512");
    expect(report.findings.map(({ range }) => range)).toEqual([{ start, end: start + 6 }]);
  });

  it("weighs less for a server that goes by RFC 8894", async () => {
    const bytes = new TextEncoder().encode(`[ req ]\n${dn}${challenge}${rest}`);
    const { findings: found } = await inspectOne(bytes, "req.cnf", { target: "rfc8894" });
    expect(found.map(({ severity }) => severity)).toEqual(["warning"]);
  });

  it("masks the challenge", async () => {
    const report = await inspectOne(new TextEncoder().encode(`[ req ]\n${dn}${challenge}${rest}`), "req.cnf");
    expect(JSON.stringify(report.facts)).not.toContain("ABC123");
    expect(nodesOf(report).flatMap(({ value }) => value ?? [])).not.toContain("ABC123");
  });
});

describe("a script in the manner of mkrequest", () => {
  const script = (mask: string, bits: number, digest = "") =>
    `#!/bin/sh\nKEYBITS=${bits}\ncat > x.cnf <<END\n[ req ]\n${mask}${dn}${challenge}[ dn ]\nCN = $2\n[ at ]\nchallengePassword = $3\nEND\nopenssl genrsa -out k $KEYBITS\nopenssl req -new -key k ${digest} -config x.cnf\n`;

  it("without string_mask and with KEYBITS=1024 has findings where each stands in the script", async () => {
    expect(await findings(script("", 1024, "-sha1"))).toEqual([
      'opensslConf.defaultBits.tooSmall "1024"',
      'opensslConf.stringMask.missing "[ req ]"',
      'opensslConf.digest.weak "-sha1"',
    ]);
  });

  it("with nombstr and 2048 bits has none", async () => {
    expect(await findings(script("string_mask = nombstr\n", 2048))).toEqual([]);
  });

  it("that writes its configuration line by line is read the same", async () => {
    const text = `#!/bin/sh\necho "[ req ]" > x.cnf\necho "distinguished_name = dn" >> x.cnf\necho 'attributes = at' >> x.cnf\necho "[ at ]" >> x.cnf\necho "challengePassword = $1" >> x.cnf\necho "[ dn ]" >> x.cnf\nopenssl req -new -newkey rsa:1024 -config x.cnf\n`;
    expect(await findings(text)).toEqual([
      'opensslConf.defaultBits.tooSmall "1024"',
      'opensslConf.stringMask.missing "[ req ]"',
    ]);
  });
});

describe("an sscep.conf", () => {
  const own = "[sscep]\nURL = http://ca/x\nCACertFile = ca.crt\n";

  it.each([
    ["with nothing wrong", own, []],
    ["an unknown key", `${own}CAIdentifer = x\n`, ['sscepConf.key.unknown "CAIdentifer"']],
    [
      "a key in another case",
      "[sscep]\nURL = http://ca/x\nCaCertFile = c\nCACertFile = c\n",
      ['sscepConf.key.unknown "CaCertFile"'],
    ],
    ["a key of another section", `${own}PollInterval = 3\n`, ['sscepConf.key.unknown "PollInterval"']],
    ["keys of an engine's own section", `${own}[pkcs11]\nengine_id = x\nwhatever = y\n`, []],
    ["yes where true is meant", `${own}Debug = yes\n`, ['sscepConf.value.invalid "yes"']],
    ["true", `${own}Debug = true\nVerbose = no\n`, []],
    ["https", "[sscep]\nCACertFile = c\nURL = https://ca/x\n", ['sscepConf.value.invalid "https://ca/x"']],
    ["an unknown cipher", `${own}EncAlgorithm = aes-256\n`, ['sscepConf.value.invalid "aes-256"']],
    ["a weak cipher", `${own}EncAlgorithm = des\n`, ['sscepConf.algorithm.weak "des"']],
    ["a weak digest", `${own}SigAlgorithm = md5\n`, ['sscepConf.algorithm.weak "md5"']],
    ["good ones", `${own}EncAlgorithm = aes256\nSigAlgorithm = sha512\n`, []],
    [
      "no number",
      `${own}[sscep_enroll]\nPrivateKeyFile = k\nCertReqFile = r\nLocalCertFile = l\nMaxPollTime = 1h\n`,
      ['sscepConf.value.invalid "1h"'],
    ],
    ["a key that is not set", "[sscep]\nURL = http://ca/x\n", ['sscepConf.key.missing "[sscep]"']],
    ["a broken line", `${own}URL http://ca\n`, ['sscepConf.syntax "URL http://ca"']],
    [
      "no = on any line",
      "[sscep]\nURL http://ca\nVerbose\ttrue\n",
      [
        'sscepConf.syntax "URL http://ca"',
        'sscepConf.syntax "Verbose\\ttrue"',
        'sscepConf.key.missing "[sscep]"',
        'sscepConf.key.missing "[sscep]"',
      ],
    ],
  ])("%s", async (_, text, expected) => {
    expect(await findings(text)).toEqual(expected);
  });

  it("whose files are known not to be there", async () => {
    expect(await findings(own, { namedFiles: new Map() })).toEqual(['sscepConf.file.missing "ca.crt"']);
    expect(await findings(own, { namedFiles: new Map([["ca.crt-0", new Uint8Array()]]) })).toEqual([]);
  });

  it("that encrypts for the signing certificate", async () => {
    const text = `[sscep]\nURL = http://ca/x\nCACertFile = enc.pem\n[sscep_enroll]\nPrivateKeyFile = k\nCertReqFile = r\nLocalCertFile = l\nEncCertFile = sig.pem\n`;
    const signing = await certificateFor("digitalSignature");
    const encryption = await certificateFor("keyEncipherment");
    const others = ["k", "r"].map((name) => [name, new Uint8Array()] as const);
    const files = (enc: Uint8Array, sig: Uint8Array) => new Map([...others, ["enc.pem", enc], ["sig.pem", sig]]);
    expect(await findings(text, { namedFiles: files(encryption, signing) })).toEqual([
      'sscepConf.role.swapped "sig.pem"',
      'sscepConf.role.swapped "enc.pem"',
    ]);
    expect(await findings(text, { namedFiles: files(signing, encryption) })).toEqual([]);
  });
});
