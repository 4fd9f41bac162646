import { describe, expect, it } from "vitest";
import { confFixes } from "../../../src/core/config/confFixes.js";
import { codesOf, inspectOne } from "../../support/inspection.js";

/** The text after the preferred fix of the first finding with that code, and the codes that are left. */
async function mended(text: string, code: string): Promise<{ text: string; codes: readonly string[] }> {
  const report = await inspectOne(new TextEncoder().encode(text), "a configuration");
  const range = report.findings.find((finding) => finding.code === code)?.range;
  const fix = range && confFixes(code, text, range).find(({ preferred }) => preferred);
  if (!fix) throw new Error(`There is no fix for ${code}: ${codesOf(report).join(", ")}`);
  const after = text.slice(0, fix.edit.start) + fix.edit.text + text.slice(fix.edit.end);
  return { text: after, codes: codesOf(await inspectOne(new TextEncoder().encode(after), "a configuration")) };
}

const dn = "distinguished_name = dn\nprompt = no\n";
const challenge = "attributes = at\n[ dn ]\nCN = a\n[ at ]\nchallengePassword = ABC123\n";

describe("the quick fix", () => {
  it.each<[string, string, string, string]>([
    ["opensslConf.stringMask.missing", `[ req ]\n${dn}${challenge}`, "[ req ]\n", "[ req ]\nstring_mask = nombstr\n"],
    [
      "opensslConf.stringMask.missing",
      `\t[ req ] # mine\r\n${dn}${challenge}`,
      "# mine\r\n",
      "# mine\r\n\tstring_mask = nombstr\r\n",
    ],
    ["opensslConf.stringMask.utf8", `[ req ]\nstring_mask = utf8only\n${dn}${challenge}`, "utf8only", "nombstr"],
    ["opensslConf.stringMask.invalid", `[ req ]\nstring_mask = nobmp\n${dn}${challenge}`, "nobmp", "nombstr"],
    ["opensslConf.defaultBits.tooSmall", `[ req ]\ndefault_bits = 1024\n${dn}`, "1024", "2048"],
    ["opensslConf.digest.weak", `[ req ]\ndefault_md = sha1\n${dn}`, "sha1", "sha256"],
    [
      "opensslConf.attributes.unused",
      `[ req ]\nstring_mask = pkix\n${dn}[ at ]\nchallengePassword = A\n`,
      "[ req ]\n",
      "[ req ]\nattributes = at\n",
    ],
    ["opensslConf.san.critical", `[ req ]\n${dn}[ v3 ]\nsubjectAltName = critical, DNS:a\n`, "critical, ", ""],
    ["sscepConf.value.invalid", "[sscep]\nURL=http://a\nCACertFile=c\nDebug = yes\n", "yes", "true"],
    ["sscepConf.value.invalid", "[sscep]\nURL=http://a\nCACertFile=c\nSigAlgorithm = sha-256\n", "sha-256", "sha256"],
    [
      "sscepConf.key.unknown",
      "[sscep]\nURL=http://a\nCACertFile=c\nEncAlgoritm = aes\n",
      "EncAlgoritm",
      "EncAlgorithm",
    ],
    [
      "sscepConf.algorithm.weak",
      "[sscep]\nURL=http://a\nCACertFile=c\nEncAlgorithm = des\n",
      "EncAlgorithm",
      "# EncAlgorithm",
    ],
  ])("of %s puts it right", async (code, text, before, after) => {
    const result = await mended(text, code);
    expect(result.text).toBe(text.replace(before, () => after));
    expect(result.codes).not.toContain(code);
  });

  it("of a script that writes its configuration with echo adds one more", async () => {
    const text = `#!/bin/sh\n  echo '[ req ]' > "$CNF"\n  echo 'attributes = at' >> "$CNF"\n  echo '[ at ]' >> "$CNF"\n  echo 'challengePassword = x' >> "$CNF"\nopenssl req -new\n`;
    const { text: after, codes } = await mended(text, "opensslConf.stringMask.missing");
    expect(after.split("\n")[2]).toBe(`  echo 'string_mask = nombstr' >> "$CNF"`);
    expect(codes).not.toContain("opensslConf.stringMask.missing");
  });
});
