import type { Terminal } from "./terminal.js";

/** Milliseconds after which a person wonders whether anything still happens. */
const patience = 1000;

/** Does some work and, where it takes long and somebody is watching, says meanwhile what it is. */
export async function tellWhenSlow<T>(terminal: Terminal, what: string, work: () => Promise<T>): Promise<T> {
  if (!terminal.attended) return work();
  const timer = setTimeout(() => void terminal.err(`${what}\n`), patience);
  try {
    return await work();
  } finally {
    clearTimeout(timer);
  }
}
