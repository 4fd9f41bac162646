import type { BerNode } from "../asn1/berNode.js";
import { octetString } from "../asn1/octets.js";
import { oidOf } from "../asn1/oid.js";
import { oid } from "../asn1/oids.js";
import { latin1 } from "../asn1/strings.js";
import { Tag } from "../asn1/tag.js";
import type { RequestView } from "../pkcs10/request.js";
import { findExtension } from "../x509/extension.js";

/** A place of a request that names, or tries to name, an account's security identifier (KB5014754). */
export interface RequestedSid {
  readonly carrier: "extension" | "uri";
  readonly node: BerNode;
  /** `S-1-5-21-…`; undefined where it cannot be read as Windows reads it. */
  readonly sid?: string;
}

/** What a URI begins with that is meant for a security identifier, whatever was mistyped in it. */
const meantAsSid = /^tag:microsoft\.com|:sid:|^sid:/i;

/** The URI as domain controllers read it. */
const sidUri = /^tag:microsoft\.com,2022-09-14:sid:(S-1-5(?:-\d{1,10}){2,15})$/;

/** A security identifier alone. */
const sidText = /^S-1-5(?:-\d{1,10}){2,15}$/;

/** szOID_NTDS_OBJECTSID, the kind of otherName inside the security extension. */
const objectSid = "1.3.6.1.4.1.311.25.2.1";

/** Every security identifier that a request asks for: in Microsoft's security extension and in URIs of the subjectAltName. */
export function requestedSids(view: RequestView): readonly RequestedSid[] {
  const found: RequestedSid[] = [];
  const extension = findExtension(view.extensions, oid.ntdsCaSecurityExt);
  if (extension) {
    const sid = sidOfExtension(extension.value);
    found.push({ carrier: "extension", node: extension.node, ...(sid !== undefined && { sid }) });
  }
  for (const { kind, text, node } of view.subjectAltNames) {
    if (kind !== "URI" || !meantAsSid.test(text)) continue;
    const sid = sidUri.exec(text)?.[1];
    found.push({ carrier: "uri", node, ...(sid !== undefined && { sid }) });
  }
  return found;
}

/** SEQUENCE { [0] otherName { szOID_NTDS_OBJECTSID, [0] OCTET STRING "S-1-5-21-…" } } */
function sidOfExtension(value: BerNode | undefined): string | undefined {
  const other = value?.contextChild(0);
  const [type, wrapped] = other?.children ?? [];
  if (!type || oidOf(type) !== objectSid) return undefined;
  const octets = wrapped?.child(0);
  const text = octets?.isUniversal(Tag.octetString) ? latin1(octetString(octets)) : "";
  return sidText.test(text) ? text : undefined;
}
