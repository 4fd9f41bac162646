import { readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { readPem } from "../../src/core/asn1/pem.js";
import type { InspectContext } from "../../src/core/inspect/context.js";
import type { Report } from "../../src/core/inspect/report.js";
import { inspectOne, nodeNamed } from "../support/inspection.js";
import { hasOpenssl, OpensslFolder } from "../support/opensslProgram.js";

const folder = path.join(import.meta.dirname, "authenticatedData");
const message = (name: string): Uint8Array => new Uint8Array(readFileSync(path.join(folder, `${name}.der`)));
const key = (name: string): InspectContext["keys"][number] => ({
  name,
  pkcs8: readPem(readFileSync(path.join(folder, `${name}.key`), "latin1"))[0]?.der ?? new Uint8Array(),
});
const report = (bytes: Uint8Array, known: Partial<InspectContext> = {}): Promise<Report> =>
  inspectOne(bytes, "message.der", known);

const rsa = { keys: [key("ec"), key("rsa")] };
const secretKey = Uint8Array.from({ length: 16 }, (_, index) => index);

/** The message with one octet changed: the first of those that are written behind some others. */
function changed(bytes: Uint8Array, behind: string): Uint8Array {
  const at = Buffer.from(bytes).lastIndexOf(behind, undefined, "latin1") + behind.length;
  return Uint8Array.from(bytes, (octet, index) => (index === at ? octet ^ 1 : octet));
}

describe("the MAC of what Bouncy Castle authenticated", () => {
  it.each<[string, Partial<InspectContext>, string]>([
    ["rsa-sha1-plain", rsa, "rsa"],
    ["rsa-sha256-attrs", rsa, "rsa"],
    ["rsa-sha384-plain", rsa, "rsa"],
    ["rsa-sha512-attrs", rsa, "rsa"],
    ["agree-sha256-plain", { keys: [key("ec")] }, "ec"],
    ["kek-sha256-plain", { secretKeys: [{ name: "kek", key: secretKey }] }, "kek"],
    ["password-sha256-plain", { passwords: [{ name: "pass", password: "secret" }] }, "pass"],
  ])("%s is right", async (name, known, opened) => {
    const found = await report(message(name), known);
    expect(found.facts).toMatchObject({ kind: "authenticatedData", mac: "valid" });
    expect(found.facts).not.toHaveProperty("reason");
    expect(found.verdict).toMatchObject({ status: "ok", headline: expect.stringMatching(/ · valid$/) });
    expect(nodeNamed(found, "mac").value).toMatch(new RegExp(`: right, with ${opened}$`));
  });

  it.each([
    [
      "of a content that was changed",
      changed(message("rsa-sha1-plain"), "what is "),
      "The MAC is not that of the content",
    ],
    [
      "of attributes, whose content was changed",
      changed(message("rsa-sha256-attrs"), "what is "),
      "The content is not the one that the MAC was made for: its digest differs.",
    ],
    [
      "of attributes that were changed",
      // The octets of messageDigest's identifier, and of the OCTET STRING behind it.
      changed(
        message("rsa-sha256-attrs"),
        "\u002a\u0086\u0048\u0086\u00f7\u000d\u0001\u0009\u0004\u0031\u0022\u0004\u0020",
      ),
      "The MAC is not that of the authenticated attributes",
    ],
  ])("%s is wrong", async (_, bytes, sentence) => {
    const found = await report(bytes, rsa);
    expect(found.facts).toMatchObject({ mac: "invalid", reason: expect.stringContaining(sentence) });
    expect(found.verdict).toMatchObject({ status: "error", sentence: expect.stringContaining(sentence) });
    expect(nodeNamed(found, "mac").status).toBe("error");
  });

  it.each<[string, Partial<InspectContext>]>([
    ["without a key", {}],
    ["with another's key", { keys: [key("ec")] }],
  ])("%s is not checked, and that is no fault of the message", async (_, known) => {
    const found = await report(message("rsa-sha256-attrs"), known);
    expect(found.facts).toMatchObject({
      mac: "unchecked",
      reason: expect.stringMatching(
        /^The key of the MAC is encrypted for the certificate with serial number .* issued by CN=rsa\./,
      ),
    });
    expect(found.verdict.status).toBe("info");
  });
});

describe.skipIf(!hasOpenssl)("the openssl program (needs openssl)", () => {
  it("reads the same fields, and has no way to check the MAC", async () => {
    const openssl = new OpensslFolder();
    try {
      openssl.write("message.der", message("rsa-sha256-attrs"));
      const form = ["-inform", "DER", "-in", "message.der"];
      const text = openssl.run("cms", "-cmsout", "-print", "-noout", ...form);
      const found = await report(message("rsa-sha256-attrs"), rsa);
      const octets = /mac:\s*\n((?:\s+[0-9a-f]{4} - .*\n)+)/.exec(text)?.[1] ?? "";
      const mac = octets.replaceAll(/^\s*[0-9a-f]{4} - (.{47}).*$/gm, "$1").replaceAll(/[\s-]/g, "");
      expect(nodeNamed(found, "mac").copyValue).toBe(mac);
      expect(text).toContain("algorithm: hmacWithSHA256 (1.2.840.113549.2.9)");
      expect(openssl.try("cms", "-verify", ...form)).toMatchObject({
        status: 4,
        output: expect.stringContaining("content type not signed data"),
      });
      openssl.write("rsa.key", readFileSync(path.join(folder, "rsa.key")));
      expect(openssl.try("cms", "-decrypt", "-inkey", "rsa.key", ...form).status).not.toBe(0);
    } finally {
      openssl.remove();
    }
  });
});
