import type { GeneralNameInput } from "../x509/buildExtensions.js";
import type { RequestWishes } from "./requestWishes.js";

/** What sscep's mkrequest may be called with: `-dns`, `-ip` or `-email`, and the name. */
export interface MkrequestName {
  readonly kind: Extract<GeneralNameInput["kind"], "DNS" | "IP" | "email">;
  readonly text: string;
}

/**
 * The request that sscep's mkrequest makes: the name as common name behind the rest of the subject and, critical, as the one
 * alternative name; no key usage. Its strings are PrintableStrings where the characters allow it: the script has no string_mask,
 * so that NDES refuses its challenge, and the nombstr that guides put there makes T61 of a name such as a@example.com.
 */
export function mkrequestWishes({ kind, text }: MkrequestName, subject = ""): RequestWishes {
  return {
    subject: withCommonName(subject, text),
    extensions: [{ kind: "subjectAltName", names: [{ kind, text }], critical: true }],
  };
}

/** The subject with a common name behind all that it has, in the form that it is written in. */
function withCommonName(subject: string, name: string): string {
  const commonName = `CN=${name.replaceAll(/[\\/,;+"<>#=]/g, String.raw`\$&`)}`;
  const rest = subject.trim();
  if (rest === "") return commonName;
  return rest.startsWith("/") ? `${rest}/${commonName}` : `${commonName},${rest}`;
}
