import { get } from "node:http";
import { HumanError } from "../core/humanError.js";
import { identityPath } from "./route.js";

/** How a responder of ours introduces itself at the identity path. */
export interface Identity {
  readonly product: "SCEP Workbench responder";
  readonly personality: string;
  /** Process that it runs in. */
  readonly pid: number;
}

/** Who asks does not wait longer than this for who holds the port. */
const patienceMs = 1000;
const longestIdentity = 4096;

/** Turns the host's reason for not listening on a port into a sentence; where the port is taken, asks who has it. */
export async function portProblem(port: number, error: unknown): Promise<HumanError> {
  const detail = error instanceof Error ? error.message : String(error);
  switch ((error as NodeJS.ErrnoException).code) {
    case "EADDRINUSE": {
      const other = await whoHasPort(port);
      const sentence = other
        ? `Another responder of SCEP Workbench (process ${other.pid}) is running on port ${port} of this computer already. Use that one, stop it, or choose another port.`
        : `Port ${port} of this computer is taken by another program. Stop that program, or choose another port.`;
      return new HumanError(sentence, detail);
    }
    case "EACCES":
      return new HumanError(
        `This account may not listen on port ${port} of this computer. Choose a port above 1023, 8080 for example.`,
        detail,
      );
    default:
      return new HumanError(
        `The responder cannot listen on port ${port} of 127.0.0.1. Choose another port, or 0 for any that is free.`,
        detail,
      );
  }
}

/** Undefined where no responder of ours answers in time. */
function whoHasPort(port: number): Promise<Identity | undefined> {
  return new Promise((resolve) => {
    const request = get({ host: "127.0.0.1", port, path: identityPath, agent: false }, (response) => {
      let text = "";
      response.setEncoding("latin1");
      response.on("data", (chunk: string) => {
        text += chunk;
        if (text.length > longestIdentity) response.destroy();
      });
      response.on("close", () => resolve(readIdentity(text)));
    });
    const timer = setTimeout(() => request.destroy(), patienceMs);
    request.on("close", () => {
      clearTimeout(timer);
      resolve(undefined);
    });
    request.on("error", () => resolve(undefined));
  });
}

function readIdentity(text: string): Identity | undefined {
  try {
    const value = JSON.parse(text) as Partial<Identity> | null;
    return value?.product === "SCEP Workbench responder" && typeof value.pid === "number"
      ? (value as Identity)
      : undefined;
  } catch {
    return undefined;
  }
}
