import { subjectTemplate } from "../core/ndes/subjectTemplate.js";
import type { NameAttribute, NameView } from "../core/x509/name.js";

/**
 * The attributes of a requested subject as a Microsoft CA issues them, one to an RDN; several of one type keep their
 * order. SubjectTemplate is taken as Windows shows a name, so that its first type is the last in the encoding.
 */
export function issuedSubject(requested: NameView): readonly NameAttribute[] {
  const attributes = requested.attributes;
  return subjectTemplate.toReversed().flatMap((type) => attributes.filter((attribute) => attribute.oid === type));
}
