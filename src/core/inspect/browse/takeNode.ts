import { HumanError } from "../../humanError.js";
import type { BrowseCalls, CopyForm, NodeRef } from "./browseCalls.js";
import { bytesAs } from "./copyForms.js";
import type { OpenReports } from "./openReports.js";
import { lineage, rangeOfEntry } from "./treeEntry.js";

/** The text that is copied of a node. */
export function copiedText(open: OpenReports, ref: NodeRef, form: CopyForm): string {
  const entry = open.entry(ref);
  const { node } = entry;
  switch (form) {
    case "path":
      return lineage(entry)
        .map((above) => above.node.label)
        .join(" > ");
    case "value": {
      const { secret } = node;
      const shown = secret === undefined ? node.copyValue : open.secrets.covers(entry) ? undefined : secret;
      return shown ?? node.value ?? node.label;
    }
    default: {
      const { bytes, content } = contentOf(open, ref);
      return bytesAs(form, bytes, content);
    }
  }
}

/**
 * The bytes of a node, and a name for them.
 *
 * @throws {HumanError} where it has none, or where they are secret and were not revealed
 */
export function contentOf(open: OpenReports, ref: NodeRef): ReturnType<BrowseCalls["content"]> {
  const entry = open.entry(ref);
  const range = rangeOfEntry(entry);
  if (!range) throw new HumanError(`${entry.node.label} stands on no bytes of its own. Choose a node that does.`);
  if (open.secrets.covers(entry)) {
    throw new HumanError("These bytes are secret. Reveal them first, if nobody else can see the screen.");
  }
  const { label, content } = entry.node;
  return { bytes: entry.buffer.slice(range.start, range.end), name: label, ...(content && { content }) };
}
