import { type BerNode, walk } from "../asn1/berNode.js";
import { octetString } from "../asn1/octets.js";
import { latin1 } from "../asn1/strings.js";
import { Tag } from "../asn1/tag.js";

/** Values looked at inside one extension before the search is given up. */
const mostLookedAt = 200;

/** The prefix of the subjectAltName URI that carries a SID (KB5014754). */
const uriPrefix = /^tag:microsoft\.com,\d{4}-\d{2}-\d{2}:sid:/i;

/**
 * The security identifier, `S-1-5-21-…`, in Microsoft's extension 1.3.6.1.4.1.311.25.2 (KB5014754): the octets of an
 * otherName of the type 1.3.6.1.4.1.311.25.2.1. Undefined where there is none. Hostile.
 */
export function securityIdentifier(value: BerNode): string | undefined {
  let looked = 0;
  for (const inner of walk(value)) {
    if (inner.isUniversal(Tag.octetString) && !inner.constructed) return latin1(octetString(inner).subarray(0, 200));
    if (++looked > mostLookedAt) break;
  }
  return undefined;
}

/** The security identifier in a URI `tag:microsoft.com,2022-09-14:sid:S-1-5-21-…`; undefined for any other URI. */
export function securityIdentifierOfUri(uri: string): string | undefined {
  const match = uriPrefix.exec(uri);
  return match ? uri.slice(match[0].length) : undefined;
}

/** Whether a text has the form of a SID ([MS-DTYP] §2.4.2.1). */
export function isSecurityIdentifier(text: string): boolean {
  return /^S-1-\d+(?:-\d+){1,15}$/.test(text);
}
