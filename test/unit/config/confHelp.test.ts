import { describe, expect, it } from "vitest";
import { explainConf, suggestConf } from "../../../src/core/config/confHelp.js";
import type { ConfigurationKind } from "../../../src/core/config/configurationKind.js";

/** The text without its cursor, and where that was. */
function cursor(marked: string): [text: string, offset: number] {
  const offset = marked.indexOf("|");
  return [marked.slice(0, offset) + marked.slice(offset + 1), offset];
}

const request = "[ req ]\ndistinguished_name = dn\nattributes = at\nreq_extensions = v3\n";

describe("hovering over a configuration", () => {
  it.each<[string, ConfigurationKind, string, string | undefined]>([
    ["a key", "opensslConf", `${request}string_|mask = nombstr`, "string_mask: Which ASN.1 string types"],
    ["a value", "opensslConf", `${request}string_mask = utf8|only`, "string_mask = utf8only: UTF8String always."],
    [
      "a value that is not one of the known",
      "opensslConf",
      `${request}default_bits = 10|24`,
      "default_bits: The length",
    ],
    [
      "what attributes name",
      "opensslConf",
      `${request}[ at ]\nchallenge|Password = x`,
      "challengePassword: The password that",
    ],
    ["what distinguished_name names", "opensslConf", `${request}[ dn ]\nC|N = x`, "CN: commonName"],
    [
      "an extension",
      "opensslConf",
      `${request}[ v3 ]\nkey|Usage = digitalSignature`,
      "keyUsage: What the key may be used for.",
    ],
    [
      "a line of a here-document",
      "mkrequest",
      `cat <<END\n${request}def|ault_md = md5\nEND\n`,
      "default_md: The digest",
    ],
    [
      "a line of an echo",
      "mkrequest",
      'echo "[ req ]" > x\necho "default_|bits = 1024" >> x\n',
      "default_bits: The length",
    ],
    [
      "a key of sscep",
      "sscepConf",
      "[sscep_enroll]\nEncCert|File = e.crt\n",
      "EncCertFile: The certificate that the request is encrypted for",
    ],
    ["a section of sscep", "sscepConf", "[sscep_|getcrl]\n", "[ sscep_getcrl ]: For sscep getcrl: GetCRL."],
    ["a comment", "sscepConf", "[sscep]\n# UR|L = x\n", undefined],
    ["a key that nobody knows", "sscepConf", "[sscep]\nUR|I = x\n", undefined],
  ])("%s", (_, kind, marked, expected) => {
    const found = explainConf(...cursor(marked), kind);
    const said = found && `${found.heading}: ${found.sentences[0]}`;
    expect(said?.slice(0, expected?.length)).toBe(expected);
  });

  it("names default and option of a key", () => {
    const found = explainConf(...cursor("[sscep_enroll]\nPoll|Interval = 1\n"), "sscepConf");
    expect(found?.sentences).toEqual([
      "Seconds between polls of a pending request.",
      "Where it is not set: 300.",
      "On the command line: -t.",
    ]);
  });
});

describe("completion in a configuration", () => {
  /** What stands there once the suggestion of that label is taken. */
  function taken(marked: string, kind: ConfigurationKind, label: string): string | undefined {
    const [text, offset] = cursor(marked);
    const found = suggestConf(text, offset, kind).find((suggestion) => suggestion.label === label);
    return found && text.slice(0, found.range.start) + found.insert + text.slice(found.range.end);
  }

  it.each<[string, ConfigurationKind, string, string, string]>([
    ["a key", "opensslConf", "[ req ]\nstr|", "string_mask", "[ req ]\nstring_mask = "],
    [
      "a key with its value behind it",
      "opensslConf",
      "[ req ]\nst|r = nombstr",
      "string_mask",
      "[ req ]\nstring_mask = nombstr",
    ],
    ["a value", "opensslConf", "[ req ]\nstring_mask = |", "nombstr", "[ req ]\nstring_mask = nombstr"],
    [
      "a section's name",
      "opensslConf",
      "[ req ]\nattributes = |\n[ at ]\n",
      "at",
      "[ req ]\nattributes = at\n[ at ]\n",
    ],
    [
      "a section that is named and not there",
      "opensslConf",
      "[ req ]\nattributes = at\n[ | ]",
      "at",
      "[ req ]\nattributes = at\n[ at ]",
    ],
    ["a key of sscep", "sscepConf", "[sscep]\nE|", "EncAlgorithm", "[sscep]\nEncAlgorithm = "],
    ["a cipher", "sscepConf", "[sscep]\nEncAlgorithm = d|", "aes256", "[sscep]\nEncAlgorithm = aes256"],
  ])("%s", (_, kind, marked, label, expected) => {
    expect(taken(marked, kind, label)).toBe(expected);
  });

  it("offers a section's own keys alone", () => {
    expect(suggestConf(...cursor("[sscep_getca]\n|"), "sscepConf").map(({ label }) => label)).toEqual([
      "CAIdentifier",
      "FingerPrint",
    ]);
  });
});
