import { setImmediate as turnOfTheLoop } from "node:timers/promises";
import type { CancellationToken } from "vscode";
import type { InspectContext } from "../../core/inspect/context.js";
import { lint, type LintResult } from "../../core/inspect/lint.js";
import { lintInWorker } from "../../node/lint/lintInWorker.js";
import { nodeCrypto } from "../../node/nodeCrypto.js";
import type { Services } from "../services.js";
import { sharedKeys } from "./sharedKeys.js";

/** What linting needs of the extension. */
export type LintServices = Pick<Services, "context" | "servers">;

/** Above so many bytes the work could be felt: it goes to a worker thread. */
const inWorkerAbove = 64 * 1024;

/** Texts whose results are kept. */
const mostKept = 500;

const kept = new Map<string, LintResult>();

/**
 * What is wrong with the requests of some texts, one result for each text: PEM blocks mostly. A text that was seen before
 * is not looked at again. Undefined where `token` was cancelled meanwhile.
 */
export async function lintTexts(
  services: LintServices,
  texts: readonly string[],
  target: "ndes" | "rfc8894",
  token: CancellationToken,
): Promise<readonly LintResult[] | undefined> {
  const missing = [...new Set(texts)].filter((text) => !kept.has(keyOf(text, target)));
  const fresh = await lintAll(services, missing, { target }, token);
  if (!fresh) return undefined;
  const results = new Map(missing.map((text, index) => [text, fresh[index] as LintResult]));
  const all = texts.map((text) => results.get(text) ?? (kept.get(keyOf(text, target)) as LintResult));
  for (const [text, result] of results) keep(keyOf(text, target), result);
  return withSharedKeys(services, texts, all, target, token);
}

/** Those again whose key is somebody else's as well; which that is depends on the document, so this is not kept. */
async function withSharedKeys(
  services: LintServices,
  texts: readonly string[],
  results: readonly LintResult[],
  target: "ndes" | "rfc8894",
  token: CancellationToken,
): Promise<readonly LintResult[] | undefined> {
  const { holders, indices: concerned } = sharedKeys(results, () => "this document");
  if (concerned.length === 0) return results;
  const again = await lintAll(
    services,
    concerned.map((index) => texts[index] as string),
    { target, keyHolders: holders },
    token,
  );
  return again && results.map((result, index) => again[concerned.indexOf(index)] ?? result);
}

async function lintAll(
  services: LintServices,
  texts: readonly string[],
  known: Pick<InspectContext, "target" | "keyHolders">,
  token: CancellationToken,
): Promise<readonly LintResult[] | undefined> {
  const bytes = texts.map((text) => new TextEncoder().encode(text));
  const context = { keys: [], certificates: [], now: new Date(), ...known };
  if (bytes.reduce((sum, { length }) => sum + length, 0) > inWorkerAbove) {
    const aborter = new AbortController();
    const subscription = token.onCancellationRequested(() => aborter.abort());
    try {
      const script = services.context.asAbsolutePath("dist/lintWorker.js");
      const { results } = await lintInWorker(script, { kind: "texts", texts: bytes, context }, aborter.signal);
      return results;
    } catch (error) {
      if (token.isCancellationRequested) return undefined;
      throw error;
    } finally {
      subscription.dispose();
    }
  }
  const results: LintResult[] = [];
  for (const one of bytes) {
    results.push(await lint(one, "", { ...context, crypto: nodeCrypto }));
    await turnOfTheLoop();
    if (token.isCancellationRequested) return undefined;
  }
  return results;
}

function keyOf(text: string, target: string): string {
  return `${target}\n${text}`;
}

function keep(key: string, result: LintResult): void {
  kept.set(key, result);
  for (const oldest of kept.keys()) {
    if (kept.size <= mostKept) break;
    kept.delete(oldest);
  }
}
