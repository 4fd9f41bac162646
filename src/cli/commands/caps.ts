import { visibleText } from "../../core/asn1/visibleText.js";
import { negotiate } from "../../core/scep/negotiation.js";
import { getCaCaps } from "../../core/scep/caInformation.js";
import { createHttpTransport } from "../../node/http/httpTransport.js";
import { readArguments } from "../arguments.js";
import { exitStatus, type ExitStatus } from "../exitStatus.js";
import { saveExchanges } from "../saveExchange.js";
import { serverOf, serverOptions } from "../serverArguments.js";
import type { Terminal } from "../terminal.js";

/** `caps URL`: the capabilities, one a line, and what a client makes of them. */
export async function caps(args: readonly string[], terminal: Terminal): Promise<ExitStatus> {
  const { values, positionals } = readArguments("caps", args, serverOptions);
  const server = await serverOf("caps", positionals, values);
  const result = await getCaCaps(server, { transport: createHttpTransport(), signal: terminal.signal });
  const { exchange, capabilities, problem } = result;
  if (values["save-exchange"] !== undefined) {
    await saveExchanges(values["save-exchange"], [{ operation: "GetCACaps", exchange }]);
  }
  if (values.json) {
    const { printExchanges } = await import("../exchangeReports.js");
    await printExchanges(terminal, [{ operation: "GetCACaps", exchange }]);
  }
  if (problem) await terminal.err(`scep-workbench: ${result.sentence}\n`);
  if (!values.json && (!problem || problem.code === "empty")) {
    const { method, contentEncryption, digest } = negotiate(server, capabilities);
    const unknown = capabilities.unknown.map((word) => `${visibleText(word, 100)} (not known)\n`);
    const words = [...capabilities.known.map((word) => `${word}\n`), ...unknown];
    await terminal.out(`${words.join("")}A request goes by ${method} with ${contentEncryption} and ${digest}.\n`);
  }
  // An empty answer is an answer: that of servers before RFC 8894.
  return problem && problem.code !== "empty" ? exitStatus.impossible : exitStatus.done;
}
