import { characterString, integerValue, objectIdentifier } from "../asn1/buildValue.js";
import { contextConstructed, octetStringValue, sequence } from "../asn1/derWriter.js";
import { oid } from "../asn1/oids.js";
import { visibleText } from "../asn1/visibleText.js";
import { HumanError } from "../humanError.js";
import type { ExtensionInput } from "./buildExtensions.js";

/** Microsoft's certificate template by name (1.3.6.1.4.1.311.20.2), as templates of version 1 have it: `CEPEncryption`. */
export function certificateTemplateNameExtension(name: string): ExtensionInput {
  const valueDer = characterString("BMPString", name, "The template name");
  return { oid: oid.certificateTemplateName, critical: false, valueDer };
}

/** Microsoft's certificate template by identifier and version (1.3.6.1.4.1.311.21.7), as templates of version 2 and later have it. */
export function certificateTemplateExtension(
  template: string,
  majorVersion: number,
  minorVersion?: number,
): ExtensionInput {
  const valueDer = sequence(
    objectIdentifier(template),
    integerValue(majorVersion),
    ...(minorVersion === undefined ? [] : [integerValue(minorVersion)]),
  );
  return { oid: oid.certificateTemplate, critical: false, valueDer };
}

/** Microsoft's application policies (1.3.6.1.4.1.311.21.10): extended key usages in the form of certificate policies. */
export function applicationPoliciesExtension(policies: readonly string[]): ExtensionInput {
  const valueDer = sequence(...policies.map((policy) => sequence(objectIdentifier(policy))));
  return { oid: oid.applicationCertPolicies, critical: false, valueDer };
}

/**
 * The security identifier of KB5014754 (1.3.6.1.4.1.311.25.2): an otherName whose OCTET STRING holds the SID as text.
 * Throws a {@link HumanError} where the text is no SID.
 */
export function securityIdentifierExtension(sid: string): ExtensionInput {
  if (!/^S-1(?:-\d{1,15}){1,16}$/.test(sid)) {
    throw new HumanError(`"${visibleText(sid, 80)}" is no security identifier. Write it as S-1-5-21-….`);
  }
  const value = contextConstructed(0, octetStringValue(new TextEncoder().encode(sid)));
  const valueDer = sequence(contextConstructed(0, objectIdentifier(oid.ntdsObjectSid), value));
  return { oid: oid.ntdsCaSecurityExt, critical: false, valueDer };
}
