import { workerData } from "node:worker_threads";
import type { InspectContext } from "../../core/inspect/context.js";
import { rememberParts } from "../../core/inspect/exchangeParts.js";
import { inspect } from "../../core/inspect/inspect.js";
import { printedReport } from "../../core/inspect/reportForm.js";
import { answerJobs } from "../threads/answerJobs.js";
import type { AroundExchange, ExchangeJob, ExchangeThreadData, PrintedExchanges, SharedList } from "./exchangeJob.js";
import { nodeCrypto } from "../nodeCrypto.js";

/** A thread in which exchanges out of a capture are inspected and printed, while another one reads on. */
const { base, form } = workerData as ExchangeThreadData;

/** The lists that contexts have in common, each the same object every time, so that what was found out of it is known. */
const lists = new Map<number, SharedList>();

answerJobs(async ({ learned, forgotten, exchanges }: ExchangeJob): Promise<PrintedExchanges> => {
  for (const [number, list] of learned) lists.set(number, list);
  let text = "";
  let failed = false;
  for (const { artifact, parts, around } of exchanges) {
    rememberParts(artifact.exchange, parts, artifact.operation);
    const report = await inspect(artifact, contextOf(around));
    failed ||= report.facts.kind === "unknown";
    text += printedReport(report, form);
  }
  for (const number of forgotten) lists.delete(number);
  return { kind: "printed", text, failed };
});

function contextOf({ certificates, keys, others }: AroundExchange): InspectContext {
  return {
    ...base,
    ...others,
    crypto: nodeCrypto,
    certificates: listOf(certificates) as InspectContext["certificates"],
    keys: listOf(keys) as InspectContext["keys"],
  };
}

function listOf(number: number): SharedList {
  const list = lists.get(number);
  if (!list) throw new Error(`The thread was not told of list ${number}.`);
  return list;
}
