import { env, l10n } from "vscode";
import { toHex } from "../../core/asn1/hex.js";
import { HumanError } from "../../core/humanError.js";
import { valueOf } from "../messages/rowTreeItem.js";
import { Row } from "../messages/row.js";
import type { ServerRow } from "../servers/serverRow.js";
import type { Services } from "../services.js";

/** The longest value whose hex goes to the clipboard. */
const longestHex = 8 * 1024 * 1024;

/** *Copy Value*: the whole value of a field, also where the row shows less of it. */
export async function copyValue(_services: Services, row: unknown): Promise<void> {
  const text = row instanceof Row ? valueOf(row) : (row as ServerRow).value;
  await env.clipboard.writeText(text ?? "");
}

/** *Copy Hex*: the encoding that the row stands on. */
export async function copyHex(_services: Services, row: unknown): Promise<void> {
  const bytes = (row as Row | ServerRow).bytes ?? new Uint8Array();
  if (bytes.length > longestHex) {
    throw new HumanError(
      l10n.t("These are {0} bytes, too many for the clipboard. Save them with Save As… instead.", bytes.length),
    );
  }
  await env.clipboard.writeText(toHex(bytes));
}

/** *Copy Path*: the labels from the entry down to the row. */
export async function copyPath(_services: Services, row: unknown): Promise<void> {
  await env.clipboard.writeText(pathOf(row as Row).join(" > "));
}

function pathOf(row: Row): readonly string[] {
  return row.parent ? [...pathOf(row.parent), row.label] : [row.label];
}
