import { expect, it } from "vitest";
import { corpusFile, corpusFiles, hasCorpus } from "../support/corpus.js";
import { inspectAll } from "../support/inspection.js";

it.skipIf(!hasCorpus)("of the corpus one file alone is another protocol's (needs ../shared/corpus)", async () => {
  const told: string[] = [];
  for (const file of corpusFiles()) {
    for (const { title } of await inspectAll(corpusFile(file), file, { factsOnly: true })) {
      if (/attribute certificate|time-stamp|\b(?:CMP|CRMF|CMC)\b/i.test(title)) told.push(`${file}: ${title}`);
    }
  }
  expect(told).toEqual(["lapo-examples/examples/cmpv2.b64: CMP initialization request (ir)"]);
});
