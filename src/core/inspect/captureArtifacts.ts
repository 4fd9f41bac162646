import type { CapturedExchange } from "../capture/http/capturedExchange.js";
import { CaptureReader } from "../capture/pcap/captureReader.js";
import type { CaptureSummary } from "../capture/pcap/captureSummary.js";
import { type Artifact, capturedExchangeArtifact } from "./artifact.js";
import { isOfPki } from "./scepExchange.js";

/** Hosts of exchanges that are left out which are named one by one. */
const mostHosts = 50;

/** A capture as an artifact: what it holds, and what of it became artifacts of their own. */
export interface CaptureContents extends CaptureSummary {
  /** Exchanges that are artifacts of their own: `#1` to `#shown`. */
  readonly shown: number;
  /** Exchanges that have nothing to do with a PKI, by the host that they went to; the rest of them under `others`. */
  readonly leftOut: readonly { readonly host: string; readonly exchanges: number }[];
}

/**
 * Makes artifacts of a capture that comes in pieces: each exchange of SCEP or other PKI traffic as soon as it is whole, named
 * `scep.pcap#1` and so on, and at the end one for the capture itself, which accounts for everything else.
 */
export class CaptureArtifacts {
  readonly #reader = new CaptureReader((exchange) => this.#take(exchange));
  readonly #leftOut = new Map<string, number>();
  #shown = 0;

  /**
   * @param name what a person calls the capture
   * @param found gets the artifacts
   */
  constructor(
    private readonly name: string,
    private readonly found: (artifact: Artifact) => void,
  ) {}

  /** Whether nothing more can be read: the file is damaged there, and reading on is of no use. */
  get failed(): boolean {
    return this.#reader.failed;
  }

  /** Packets read so far. */
  get packets(): number {
    return this.#reader.packets;
  }

  /** Takes the next piece of the file; keeps nothing of it. */
  push(piece: Uint8Array): void {
    this.#reader.push(piece);
  }

  /** The file ends: gives what waited, and the capture itself. */
  end(): void {
    const summary = this.#reader.end();
    const leftOut = [...this.#leftOut].map(([host, exchanges]) => ({ host, exchanges }));
    this.found({
      kind: "capture",
      capture: { ...summary, shown: this.#shown, leftOut },
      bytes: new Uint8Array(),
      source: { name: this.name, offset: 0, length: summary.fileBytes },
      wrapping: summary.problems,
    });
  }

  #take(captured: CapturedExchange): void {
    if (!isOfPki(captured.exchange)) {
      const host = hostOf(captured.exchange.request.url);
      const known = this.#leftOut.has(host) || this.#leftOut.size < mostHosts ? host : "others";
      this.#leftOut.set(known, (this.#leftOut.get(known) ?? 0) + 1);
      return;
    }
    this.#shown += 1;
    this.found(capturedExchangeArtifact({ kind: "exchange", label: `#${this.#shown}`, ...captured }, this.name));
  }
}

/** The artifacts of a capture that is in memory as a whole; the capture itself is the first. */
export function recogniseCapture(bytes: Uint8Array, name: string): Artifact[] {
  const found: Artifact[] = [];
  const artifacts = new CaptureArtifacts(name, (artifact) => found.push(artifact));
  artifacts.push(bytes);
  artifacts.end();
  return [...found.slice(-1), ...found.slice(0, -1)];
}

function hostOf(url: string): string {
  return /^[a-z]+:\/\/([^/?#]*)/i.exec(url)?.[1] ?? url;
}
