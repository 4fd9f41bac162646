import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { CertificateFacts, CrlFacts } from "../../src/core/inspect/facts/x509Facts.js";
import { corpusFile, corpusFiles, corpusFolder, hasCorpus } from "../support/corpus.js";
import { inspectAll, inspectOne } from "../support/inspection.js";
import { hasOpenssl, legacy, OpensslFolder } from "../support/opensslProgram.js";
import { join } from "node:path";

const ready = hasCorpus && hasOpenssl;

/** Every so many of the PKITS files are compared; a program is started for each. */
const sampled = 12;

let folder: OpensslFolder;
beforeAll(() => {
  folder = new OpensslFolder();
});
afterAll(() => folder.remove());

function openssl(...args: readonly string[]): string {
  return folder.run(...args).trim();
}

describe.skipIf(!ready)("certificates are read as openssl reads them (needs openssl and ../shared/corpus)", () => {
  const certificates = corpusFiles("pkits/certs").filter((_, index) => index % sampled === 0);

  it.each(certificates)("%s", async (path) => {
    const { facts } = await inspectOne(corpusFile(path), path);
    const own = facts as CertificateFacts;
    const file = join(corpusFolder, path);
    const printed = openssl(
      "x509",
      "-inform",
      "DER",
      "-in",
      file,
      "-noout",
      "-serial",
      "-subject",
      "-issuer",
      "-dates",
      "-fingerprint",
      "-sha256",
      "-nameopt",
      "RFC2253,-esc_msb,utf8",
    );
    const field = (name: string): string | undefined => new RegExp(`^${name}=(.*)$`, "im").exec(printed)?.[1];
    expect(own.serialNumber).toBe(field("serial")?.toLowerCase());
    expect(own.subject).toBe(field("subject"));
    expect(own.issuer).toBe(field("issuer"));
    expect(new Date(own.notBefore ?? "")).toEqual(new Date(field("notBefore") ?? ""));
    expect(new Date(own.notAfter ?? "")).toEqual(new Date(field("notAfter") ?? ""));
    expect(own.fingerprints.sha256).toBe(field("sha256 Fingerprint")?.replaceAll(":", "").toLowerCase());
  });
});

describe.skipIf(!ready)("revocation lists are read as openssl reads them (needs openssl and ../shared/corpus)", () => {
  const lists = corpusFiles("pkits/crls").filter((_, index) => index % sampled === 0);

  it.each(lists)("%s", async (path) => {
    const { facts } = await inspectOne(corpusFile(path), path);
    const own = facts as CrlFacts;
    const printed = openssl("crl", "-inform", "DER", "-in", join(corpusFolder, path), "-noout", "-text");
    expect(own.revokedCount).toBe((printed.match(/Serial Number:/g) ?? []).length);
    const thisUpdate = /Last Update: (.*)$/m.exec(printed)?.[1] ?? "";
    expect(new Date(own.thisUpdate ?? "")).toEqual(new Date(thisUpdate));
  });
});

describe.skipIf(!ready)(
  "signed messages get the verdict of openssl cms -verify (needs openssl and ../shared/corpus)",
  () => {
    const messages = [...corpusFiles("go-pkcs7"), ...corpusFiles("jscep"), "micromdm-scep/PKCSReq.der"].filter((path) =>
      path.endsWith(".der"),
    );

    it("for every one that both can read", async () => {
      const compared: string[] = [];
      for (const path of messages) {
        for (const { facts } of await inspectAll(corpusFile(path), path)) {
          if (facts.kind !== "signedData" && facts.kind !== "pkiMessage") continue;
          const file = join(corpusFolder, path);
          const { status, output } = folder.try(
            "cms",
            "-verify",
            "-noverify",
            "-binary",
            "-inform",
            "DER",
            "-in",
            file,
            "-out",
            "verified",
            ...legacy,
          );
          // Content that is not in the message has to be given to openssl by itself.
          const detached = /no content|content verify error/i.test(output) && status !== 0;
          const verified = detached
            ? folder.try(
                "cms",
                "-verify",
                "-noverify",
                "-binary",
                "-inform",
                "DER",
                "-in",
                file,
                "-out",
                "verified",
                "-content",
                "/dev/null",
                ...legacy,
              ).status === 0
            : status === 0;
          expect(facts.signature === "valid", `${path}: ${facts.signature}, openssl: ${output}`).toBe(verified);
          compared.push(path);
        }
      }
      expect(compared.length).toBeGreaterThan(15);
      expect(compared).toContain("go-pkcs7/smallstep+pkcs7/parse_go1_f063236b399c.der");
    });
  },
);
