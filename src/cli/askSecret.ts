import { createInterface } from "node:readline";
import { Writable } from "node:stream";

/**
 * Asks the person at the terminal for a secret: the question on standard error, the answer from standard input without an
 * echo. Undefined for an empty answer or an end of input (Ctrl+D); Ctrl+C ends the program, as everywhere.
 */
export function askSecret(question: string): Promise<string | undefined> {
  const silence = new Writable({ write: (_chunk, _encoding, done) => done() });
  return new Promise((resolve) => {
    // Readline puts the terminal into raw mode, so that nothing is echoed, and edits the line as people expect.
    const line = createInterface({ input: process.stdin, output: silence, terminal: true, historySize: 0 });
    let answer: string | undefined;
    line.once("line", (typed) => {
      answer = typed === "" ? undefined : typed;
      line.close();
    });
    line.once("SIGINT", () => {
      line.close();
      process.exit(130);
    });
    line.once("close", () => {
      process.stderr.write("\n");
      process.stdin.pause();
      resolve(answer);
    });
    process.stderr.write(question);
  });
}
