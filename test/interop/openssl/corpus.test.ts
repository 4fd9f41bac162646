import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { readSignedData, type SignedDataView } from "../../../src/core/cms/signedData.js";
import { verifySignerInfo } from "../../../src/core/cms/verify.js";
import { nodeCrypto } from "../../../src/node/nodeCrypto.js";
import { hasOpenssl } from "../../support/opensslProgram.js";

const corpus = join(import.meta.dirname, "../../../../shared/corpus");
const folders = ["jscep", "micromdm-scep", "fullsailor+pkcs7", "mozilla-services+pkcs7", "smallstep+pkcs7"]
  .map((name) => join(corpus, name.includes("+") ? `go-pkcs7/${name}` : name))
  .filter((folder) => existsSync(folder));

const messages = folders.flatMap((folder) =>
  readdirSync(folder)
    .filter((name) => name.endsWith(".der"))
    .map((name) => join(folder, name)),
);

describe.skipIf(!hasOpenssl || messages.length === 0)(
  "signed messages that others made are judged as openssl cms -verify judges them (needs openssl and ../shared/corpus)",
  () => {
    const signed = messages.filter((path) => (read(path)?.signerInfos.length ?? 0) > 0);

    it("which are some twenty", () => {
      expect(signed.length).toBeGreaterThan(15);
    });

    for (const path of signed) {
      it(path.slice(corpus.length + 1), async () => {
        const signedData = read(path) as SignedDataView;
        const verdicts = await Promise.all(
          signedData.signerInfos.map((signer) => verifySignerInfo(nodeCrypto, signedData, signer, [])),
        );
        const ours = verdicts.every(({ verdict }) => verdict === "valid");
        const detached = signedData.eContentNode ? [] : ["-content", "/dev/null"];
        const options = ["-noverify", "-binary", "-inform", "DER", "-in", path, "-out", "/dev/null", ...detached];
        const theirs = spawnSync("openssl", ["cms", "-verify", ...options]).status === 0;
        expect(ours).toBe(theirs);
      });
    }
  },
);

function read(path: string): SignedDataView | undefined {
  return readSignedData(new Uint8Array(readFileSync(path)));
}
