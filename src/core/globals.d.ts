/**
 * The few web globals that every host of the core offers (Node, Electron, browsers, workers). The core is type-checked
 * with ES2023 alone; what else it may touch is named here and nowhere else.
 */

/** Turns text into UTF-8 (Encoding Standard). */
declare class TextEncoder {
  encode(text?: string): Uint8Array<ArrayBuffer>;
}

/** Turns bytes into text (Encoding Standard); with `fatal`, throws a TypeError on a malformed sequence. */
declare class TextDecoder {
  constructor(label?: string, options?: { fatal?: boolean; ignoreBOM?: boolean });
  decode(input?: Uint8Array): string;
}

/** A parsed URL (URL Standard); throws a TypeError on text that is none. */
declare class URL {
  constructor(url: string, base?: string);
  href: string;
  readonly origin: string;
  protocol: string;
  host: string;
  hostname: string;
  port: string;
  pathname: string;
  search: string;
  hash: string;
  username: string;
  password: string;
  readonly searchParams: URLSearchParams;
}

/** The query of a URL, decoded (URL Standard). */
declare class URLSearchParams {
  constructor(init?: string);
  get(name: string): string | null;
  set(name: string, value: string): void;
  toString(): string;
}

/** Tells a running operation that nobody waits for it any more (DOM Standard). */
interface AbortSignal {
  readonly aborted: boolean;
  readonly reason: unknown;
  addEventListener(type: "abort", listener: () => void, options?: { once?: boolean }): void;
  removeEventListener(type: "abort", listener: () => void): void;
  throwIfAborted(): void;
}
