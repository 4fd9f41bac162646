import { readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { rules } from "../../../src/core/inspect/rules/all.js";
import { catalogueGroups, findingsCatalogue } from "../../support/findingsCatalogue.js";

const folder = join(import.meta.dirname, "../../../src/core/inspect/rules");

/** Files of the folder that hold what rules have in common. */
const common = new Set(["all.ts", "rule.ts", "problemRule.ts", "wrappingRule.ts"]);

/** The codes whose names are fixed, as far as one message or exchange tells them. */
const fixed = `
  csr.key.tooShort csr.key.unsupported csr.challenge.missing csr.challenge.stringType
  csr.signature.invalid csr.signature.weakDigest csr.subject.stringType csr.subject.tooLong
  csr.subject.order csr.subject.empty csr.san.critical csr.san.missing csr.sid.missing
  scep.attribute.missing scep.attribute.type scep.nonce.length scep.nonce.mismatch scep.nonce.copied
  scep.transactionId.mismatch scep.content.notOmitted scep.cipher.weak scep.digest.weak
  scep.cipher.notAdvertised scep.recipient.wrongRole scep.signer.missing scep.signature.invalid
  ndes.scepError http.status http.contentType http.body.html http.url.tooLong
`
  .trim()
  .split(/\s+/);

describe("the rules", () => {
  it("are all asked: every file of the folder is in the list", async () => {
    const files = readdirSync(folder).filter((name) => !common.has(name));
    const exported = await Promise.all(
      files.map(async (name) => Object.values((await import(join(folder, name))) as object).flat()),
    );
    const listed = new Set<unknown>(rules);
    for (const [index, values] of exported.entries()) {
      const own = values.filter((value) => typeof value === "object");
      expect(own.length, `${files[index]} exports no rule`).toBeGreaterThan(0);
      for (const rule of own) expect(listed.has(rule), `${files[index]} is not in all.ts`).toBe(true);
    }
  });

  it("have codes of their own, one for each thing that they apply to", () => {
    const keys = rules.map(({ code, appliesTo }) => `${code} ${appliesTo}`);
    expect(new Set(keys).size).toBe(keys.length);
  });

  it("know every code that is fixed", () => {
    const codes = new Set(rules.map(({ code }) => code));
    expect(fixed.filter((code) => !codes.has(code))).toEqual([]);
  });

  it.each(rules.map((rule) => [rule.code, rule] as const))("%s says what, why, what to do and where", (code, rule) => {
    expect(catalogueGroups).toContain(code.split(".")[0]);
    expect(rule.title).not.toMatch(/\.$/);
    expect(rule.why).toMatch(/[.)]$/);
    expect(rule.remedy).toMatch(/\.$/);
    expect(rule.citation).not.toBe("");
  });
});

describe("docs/findings.md", () => {
  it("is what the rules say", async () => {
    await expect(findingsCatalogue(rules)).toMatchFileSnapshot("../../../docs/findings.md");
  });
});
