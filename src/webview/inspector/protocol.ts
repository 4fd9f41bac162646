/**
 * What the inspector's page and the extension ask of each other: shared by both, and all that passes between them.
 */

import type { NodeRef, Overview, RemoteBrowseCalls, View } from "../../core/inspect/browse/browseCalls.js";
import type { InspectorWords } from "./words.js";

/** What the page needs to begin with. */
export interface Hello {
  /** The page's own words in the person's language. */
  readonly words: InspectorWords;
  readonly overview: Overview;
  /** The report that is shown first; it begins with the node that whoever opened the inspector meant. */
  readonly view: View;
  /** *Open as Text* is possible. */
  readonly canOpenAsText: boolean;
  /** Why this is not what the file holds now, in a sentence. */
  readonly missing?: string;
}

/** What the page may ask of the extension. A failure is a sentence that is shown as it is. */
export interface HostCalls extends RemoteBrowseCalls {
  /** Asked when the page stands, and each time it is to begin anew. */
  hello(ask: { readonly remembered?: NodeRef }): Promise<Hello>;
  /** Puts a text on the clipboard, where the page may not do so by itself. */
  toClipboard(ask: { readonly text: string }): Promise<void>;
  /** Asks where to save a node's bytes, and saves them; nothing is said where the person thought better of it. */
  saveNode(ask: NodeRef): Promise<{ readonly said?: string }>;
  /** Opens a node's bytes in an inspector of their own. */
  openNode(ask: NodeRef): Promise<void>;
  /** Opens all of it as a text document. */
  openAsText(): Promise<void>;
  /** Keeps an error of the page in the extension's log. */
  report(ask: { readonly sentence: string }): void;
}

/** What the extension may ask of the page. */
export interface PageCalls {
  /** Shows a node. */
  show(ask: NodeRef): void;
  /** The file has changed, and what can be asked is about what it holds now. */
  beginAnew(): void;
  /** The file is gone, or cannot be read any more: says so beside what is shown, which is what it held before. */
  missing(ask: { readonly sentence: string }): void;
}
