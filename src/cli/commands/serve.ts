import { HumanError } from "../../core/humanError.js";
import { oneOf, readArguments, seeHelp, wholeNumber } from "../arguments.js";
import { exitStatus, type ExitStatus } from "../exitStatus.js";
import type { Terminal } from "../terminal.js";

/** `serve`: the local responder, until the command is asked to end. Prints one line with its URL once it listens. */
export async function serve(args: readonly string[], terminal: Terminal): Promise<ExitStatus> {
  const { values, positionals } = readArguments("serve", args, {
    port: { type: "string" },
    personality: { type: "string" },
    challenge: { type: "string" },
    folder: { type: "string" },
  });
  if (positionals.length > 0) {
    throw new HumanError(
      `"serve" takes options only, but there is also "${positionals[0] ?? ""}". ${seeHelp("serve")}`,
    );
  }
  const { startResponder } = await import("../../responder/responder.js");
  const responder = await startResponder({
    port: values.port === undefined ? 8080 : wholeNumber("--port", values.port, 0, 65_535),
    personality: oneOf("--personality", values.personality ?? "ndes-2022", ["ndes-2022"]),
    ...(values.challenge !== undefined && { challenge: values.challenge }),
    ...(values.folder !== undefined && { folder: values.folder }),
  });
  try {
    const challenge = values.challenge === undefined ? `; one-time passwords: ${responder.adminUrl}` : "";
    await terminal.out(`SCEP responder (${responder.personality}): ${responder.url}${challenge}\n`);
    await aborted(terminal.signal);
  } finally {
    await responder.stop();
  }
  return exitStatus.done;
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener("abort", () => resolve(), { once: true });
  });
}
