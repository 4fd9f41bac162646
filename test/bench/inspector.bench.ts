import { InspectorHarness } from "../support/inspectorHarness.js";
import type { BenchRow } from "../support/benchRow.js";
import { largeCrl } from "../support/largeCrl.js";
import { hasOpenssl, OpensslFolder } from "../support/opensslProgram.js";

/**
 * From the moment at which the bytes are there: inspected, the page loaded, its tree, bytes and definition on the screen.
 * The page is loaded from that moment on, and the browser is asked when it was shown: a page that stands already, and tells
 * when it is through, leaves out of it some of what a person waits for.
 */
export const rows: readonly BenchRow[] = [
  {
    name: "first paint of the inspector, a CRL of 4 MB",
    peerName: "openssl crl -text",
    runs: 7,
    async prepare() {
      if (!hasOpenssl) return { cannotRun: "There is no openssl." };
      const harness = await InspectorHarness.start();
      if (!harness) return { cannotRun: "There is no Chromium." };
      const crl = largeCrl(100_000);
      const folder = new OpensslFolder();
      folder.write("large.crl", crl);
      return {
        ours: () => harness.paint(crl, "large.crl"),
        peer: async () => {
          folder.run("crl", "-inform", "DER", "-in", "large.crl", "-noout", "-text", "-out", "large.txt");
        },
        end: async () => {
          await harness[Symbol.asyncDispose]();
          folder.remove();
        },
      };
    },
  },
];
