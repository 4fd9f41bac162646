import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { readCertificate } from "../../../src/core/x509/certificate.js";
import type { InspectContext } from "../../../src/core/inspect/context.js";
import { clientMessage } from "../clientMessage.js";
import { corpusFile, corpusFiles } from "../corpus.js";
import { largeCrl } from "../largeCrl.js";
import { ndesFailure, ndesSite } from "../ndesReply.js";
import { projectRoot } from "../workbench.js";

/** What inputs are made of, and what is known when they are inspected. */
export interface Seeds {
  readonly inputs: readonly Uint8Array[];
  readonly known: Partial<InspectContext>;
}

/** The largest message that is a seed. */
const largest = 8000;

/** Messages built here, the samples of the project, and those that others wrote where they are at hand. */
export async function fuzzSeeds(): Promise<Seeds> {
  const site = await ndesSite();
  const recipient = readCertificate(site.encryption.der);
  if (!recipient) throw new Error("The RA's certificate cannot be read.");
  const request = (await clientMessage(recipient)).der;
  const built = [
    await ndesFailure(site, { scepError: -2147024809, failInfoText: "no" }),
    request,
    ...site.certificates,
    site.encryption.pkcs8,
    largeCrl(30),
  ];
  const folder = path.join(projectRoot, "samples/workspace");
  const samples = readdirSync(folder).map((name) => new Uint8Array(readFileSync(path.join(folder, name))));
  const others = corpusFiles().map(corpusFile);
  return {
    inputs: [...built, ...samples, ...others].filter(({ length }) => length > 0 && length <= largest),
    known: {
      certificates: site.certificates,
      keys: [{ name: "ra.key", pkcs8: site.encryption.pkcs8 }],
    },
  };
}
