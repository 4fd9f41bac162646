import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { confEntry, confSection } from "../../../src/core/config/conf.js";
import { readConf } from "../../../src/core/config/readConf.js";
import { hasOpenssl, OpensslFolder } from "../../support/opensslProgram.js";

const head = "[req]\nprompt=no\ndistinguished_name=dn\n";

/** Ways of writing one value, each of which OpenSSL reads in its own way. */
const values: readonly string[] = [
  "plain",
  "  blanks around  ",
  "a\\#b # comment",
  '"a # b" c',
  "x ; y",
  "'single \" quoted'",
  'a"b',
  "'it''s'",
  "a `b # c` d",
  "\\x\\y",
  "two \\\n  lines",
  "a\\\nb # c",
  "a\\\r\nb",
  "ends in two backslashes \\\\",
  "tab\there",
  "= equal = signs =",
];

/** Whole configurations that OpenSSL reads or stops at. */
const configurations: Readonly<Record<string, string>> = {
  "a name given again": `${head}[dn]\nCN = k\n[dn]\nO = 2\nCN = m\n`,
  "a value put into another section": `${head}name = joe\n[dn]\nCN = \${req::name}.x\ndn::O = $CN\nOU = $(CN)y\n`,
  "the section default": `who = joe\n${head}[dn]\nCN = $who\n`,
  "dollars in names": `.pragma dollarid:on\n${head}[dn]\nCN = a$b\nO = \${CN}\n`,
  "a header with words behind it": `${head}[dn] trailing\nCN = a\n`,
  "blanks in a header": `${head.replace("=dn", "=d n")}[ d n ]\nCN = a\n`,
  "odd characters in names": `${head}[dn]\nCN = a\n[x]\na!%&*+,-./;?@^_|~z = 1\n`,
  "a line without an equal sign": `${head}foo bar\n[dn]\nCN = a\n`,
  "a comment in the manner of INI files": `${head}; no comment\n[dn]\nCN = a\n`,
  "a header that is not closed": `[req\nprompt=no\n[dn]\nCN = a\n`,
  "a colon in a name": `${head}a:b = 1\n[dn]\nCN = a\n`,
  "a variable without a value": `${head}[dn]\nCN = $nope\n`,
  "a brace that is not closed": `${head}[dn]\nO = x\nCN = \${O\n`,
  "a variable of another section's name": `${head}[dn]\nO = x\nCN = \${other::O}\n`,
};

describe.skipIf(!hasOpenssl)("configurations, read as OpenSSL reads them (needs openssl)", () => {
  let folder: OpensslFolder;
  beforeAll(() => {
    folder = new OpensslFolder();
    folder.run("genpkey", "-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:2048", "-out", "key.pem");
  });
  afterAll(() => folder.remove());

  function request(text: string): { status: number | null; output: string } {
    folder.write("req.cnf", text);
    const form = ["-noout", "-subject", "-nameopt", "RFC2253,-esc_2253,-esc_ctrl"];
    return folder.try("req", "-new", "-key", "key.pem", "-config", "req.cnf", ...form);
  }

  it.each(values)("the value %j", (written) => {
    const text = `${head}[dn]\nCN = ${written}\n`;
    const { output } = request(text);
    expect(output.trimEnd().replaceAll("\\\\", "\\")).toBe(
      `subject=CN=${confEntry(readConf(text), "dn", "CN")?.value ?? "absent"}`,
    );
  });

  it.each(Object.entries(configurations))("%s", (_, text) => {
    const { status, output } = request(text);
    const conf = readConf(text);
    const stopped = conf.problems.map(({ range }) => text.slice(0, range.start).split("\n").length);
    if (status === 0) {
      const subject = confSection(conf, confEntry(conf, "req", "distinguished_name")?.value ?? "")?.entries ?? [];
      const names = subject.toReversed().map(({ name, value }) => `${name}=${value}`);
      expect({ output: output.trimEnd(), stopped }).toEqual({ output: `subject=${names.join(",")}`, stopped: [] });
    } else {
      expect(stopped[0]).toBe(Number(/on line (\d+) of config/.exec(output)?.[1]));
    }
  });
});
