import { commands, type Uri, ViewColumn, window } from "vscode";
import type { NodeRef } from "../../core/inspect/browse/browseCalls.js";
import { heldUri } from "./inspectorUri.js";
import { inspectorViewType } from "./viewTypes.js";

/** Bytes out of an inspector that are looked at in one of their own. */
export interface HeldBytes {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** The inspectors that are open, and what they are to show: lives as long as the extension. */
export class Inspectors {
  #count = 0;
  readonly #held = new Map<string, HeldBytes>();
  readonly #wanted = new Map<string, NodeRef>();
  readonly #shown = new Map<string, (ref: NodeRef) => void>();

  /** Opens an inspector, or brings the one that is open to the front; shows a node in it where one is meant. */
  async open(uri: Uri, node?: NodeRef): Promise<void> {
    const key = uri.toString();
    const show = this.#shown.get(key);
    if (node && !show) this.#wanted.set(key, node);
    await commands.executeCommand("vscode.openWith", uri, inspectorViewType, {
      viewColumn: window.activeTextEditor ? ViewColumn.Active : undefined,
      preview: false,
    });
    if (node) show?.(node);
  }

  /** Opens an inspector on bytes that are no file. */
  async openBytes(held: HeldBytes): Promise<void> {
    this.#count += 1;
    const key = String(this.#count);
    this.#held.set(key, held);
    await this.open(heldUri(key, held.name));
  }

  /** The bytes that were kept under a key, while their inspector is open. */
  held(key: string): HeldBytes | undefined {
    return this.#held.get(key);
  }

  /** Forgets bytes whose inspector was closed. */
  release(key: string): void {
    this.#held.delete(key);
  }

  /** The node that an inspector is to begin with; told once. */
  takeWanted(uri: Uri): NodeRef | undefined {
    const wanted = this.#wanted.get(uri.toString());
    this.#wanted.delete(uri.toString());
    return wanted;
  }

  /** Says how a node is shown in an inspector, until what is given back is called. */
  register(uri: Uri, show: (ref: NodeRef) => void): () => void {
    const key = uri.toString();
    this.#shown.set(key, show);
    return () => {
      if (this.#shown.get(key) === show) this.#shown.delete(key);
    };
  }
}
