import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { readEnvelopedData } from "../../../src/core/cms/envelopedData.js";
import type { RecipientInfoView } from "../../../src/core/cms/recipientInfo.js";
import { type CertificateIdentifier, readSignedData } from "../../../src/core/cms/signedData.js";
import { corpusFile, corpusFiles, corpusFolder, hasCorpus } from "../../support/corpus.js";
import { inTurns } from "../../support/inTurns.js";
import { hasOpenssl } from "../../support/opensslProgram.js";
import { runProgram } from "../../support/programs.js";

/** The lines of one field of `openssl cms -cmsout -print` with what is indented below it; one entry for each time that it occurs. */
function blocks(text: string, name: string): string[] {
  const found: string[] = [];
  for (const match of text.matchAll(new RegExp(`^( *)${name}:.*\\n`, "gm"))) {
    const below = text.slice(match.index + match[0].length);
    const indent = (match[1] ?? "").length;
    const end = below.search(new RegExp(`^ {0,${indent}}\\S`, "m"));
    found.push(end < 0 ? below : below.slice(0, end));
  }
  return found;
}

/** Every object identifier in parentheses behind `label`, in their order. */
function identifiers(text: string, label: string): string[] {
  return [...text.matchAll(new RegExp(`^ *${label}: .*\\(([0-9.]+)\\)$`, "gm"))].map(([, dotted = ""]) => dotted);
}

/** Serial numbers as openssl prints them, those that fit in decimal and longer ones in hex. */
function serials(text: string): string[] {
  return [...text.matchAll(/^ *serialNumber: (?:0x)?([0-9A-Fa-f]+)$/gm)].map(([line, number = ""]) =>
    line.includes("0x") ? BigInt(`0x${number}`).toString() : number,
  );
}

function decimal(identifier: CertificateIdentifier | undefined): string[] {
  if (identifier?.kind !== "issuerAndSerialNumber") return [];
  return [BigInt(`0x${identifier.serialNumber}`).toString()];
}

function recipientOf(recipient: RecipientInfoView): CertificateIdentifier | undefined {
  return "rid" in recipient ? recipient.rid : undefined;
}

const messages = [...corpusFiles("go-pkcs7"), ...corpusFiles("jscep"), ...corpusFiles("micromdm-scep")].filter((path) =>
  path.endsWith(".der"),
);

describe.skipIf(!hasCorpus || !hasOpenssl)(
  "CMS messages have the fields that openssl cms -cmsout -print prints (needs openssl and ../shared/corpus)",
  () => {
    it(
      "signers, recipients, attributes and algorithms of every message that both read",
      { timeout: 120_000 },
      async () => {
        const compared = await inTurns(messages, async (path) => {
          const args = ["cms", "-cmsout", "-print", "-noout", "-inform", "DER", "-in", join(corpusFolder, path)];
          const { status, stdout } = await runProgram("openssl", args);
          const bytes = corpusFile(path);
          // Dumps of octets and of nested values begin at the margin.
          const text = stdout.toString("latin1").replaceAll(/^ *(?:[0-9a-f]{4} - |\d+:d=).*\n/gm, "");
          const [signers = ""] = blocks(text, "signerInfos");
          const signed = readSignedData(bytes);
          const enveloped = readEnvelopedData(bytes);
          if (status !== 0 || (!signed && !enveloped)) return undefined;
          if (signed) {
            const { signerInfos } = signed;
            const attributes = signerInfos.map(({ signedAttrs }) => signedAttrs.map(({ oid }) => oid));
            expect(
              {
                version: signed.version,
                digestAlgorithms: signed.digestAlgorithms.map(({ oid }) => oid),
                eContentType: signed.eContentType,
                certificates: signed.certificates.length,
                signers: signerInfos.flatMap(({ sid }) => decimal(sid)),
                digests: signerInfos.map(({ digestAlgorithm }) => digestAlgorithm.oid),
                signatureAlgorithms: signerInfos.map(({ signatureAlgorithm }) => signatureAlgorithm.oid),
                attributes,
              },
              path,
            ).toEqual({
              version: Number(/d\.signedData: \n\s*version: (\d)/.exec(text)?.[1]),
              digestAlgorithms: identifiers(blocks(text, "digestAlgorithms")[0] ?? "", "algorithm"),
              eContentType: identifiers(text, "eContentType")[0],
              certificates: (text.match(/^ *d\.certificate:/gm) ?? []).length,
              signers: serials(signers),
              digests: blocks(signers, "digestAlgorithm").flatMap((block) => identifiers(block, "algorithm")),
              signatureAlgorithms: blocks(signers, "signatureAlgorithm").flatMap((block) =>
                identifiers(block, "algorithm"),
              ),
              attributes: blocks(signers, "signedAttrs").map((block) => identifiers(block, "object")),
            });
          }
          if (enveloped) {
            const [recipients = ""] = blocks(text, "recipientInfos");
            expect(
              {
                version: enveloped.version,
                contentType: enveloped.contentType,
                recipients: enveloped.recipients.flatMap((recipient) => decimal(recipientOf(recipient))),
                contentEncryptionAlgorithm: enveloped.contentEncryptionAlgorithm.oid,
              },
              path,
            ).toEqual({
              version: Number(/d\.envelopedData: \n\s*version: (\d)/.exec(text)?.[1]),
              contentType: identifiers(blocks(text, "encryptedContentInfo")[0] ?? "", "contentType")[0],
              recipients: serials(recipients),
              contentEncryptionAlgorithm: identifiers(
                blocks(text, "contentEncryptionAlgorithm")[0] ?? "",
                "algorithm",
              )[0],
            });
          }
          return path;
        });
        expect(compared.filter((path) => path !== undefined).length).toBeGreaterThan(25);
      },
    );
  },
);
