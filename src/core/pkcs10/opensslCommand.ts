import { oid } from "../asn1/oids.js";
import { extendedKeyUsage, keyUsage } from "../x509/extensionValues.js";
import type { GeneralNameView } from "../x509/generalName.js";
import { looksLikeHostName } from "../x509/hostName.js";
import { nameAttribute } from "../x509/name.js";
import type { RequestView } from "./request.js";

/** Names of the files that the command reads and writes; plain names, which need no quotes in a shell. */
export interface CommandFiles {
  /** Absent where the key that there is will not do: a new one is made and written to `newKey`. */
  readonly key?: string;
  readonly newKey: string;
  readonly request: string;
}

/** What stands in the command where the password belongs: it is copied, shown and pasted, and so holds no secret. */
export const challengePlaceholder = "ONE-TIME-PASSWORD";

/** The types of a name that OpenSSL has a word for; of others it takes the dotted form. */
const words: Readonly<Record<string, string>> = {
  [oid.commonName]: "CN",
  [oid.countryName]: "C",
  [oid.localityName]: "L",
  [oid.stateOrProvinceName]: "ST",
  [oid.organizationName]: "O",
  [oid.organizationalUnitName]: "OU",
  [oid.emailAddress]: "emailAddress",
  [oid.serialNumber]: "serialNumber",
  [oid.domainComponent]: "DC",
  [oid.userId]: "UID",
};

/**
 * The command for a POSIX shell with which OpenSSL makes a request for the same names and uses as one that exists, and
 * makes it right: challenge as PrintableString, SHA-256, an RSA key of 2048 bits where a new one is needed, the CN among
 * the alternative names, no blanks around names, no critical subjectAltName beside a subject.
 */
export function opensslCommand(view: RequestView, { key, newKey, request }: CommandFiles): string {
  const withKey = key === undefined ? `-newkey rsa:2048 -nodes -keyout ${newKey}` : `-key ${key}`;
  return [
    `openssl req -new -sha256 -utf8 ${withKey} -out ${request} -config /dev/stdin <<'EOF'`,
    ...configuration(view),
    "EOF",
    "",
  ].join("\n");
}

function configuration(view: RequestView): string[] {
  const subject = view.subject.attributes
    .map(({ oid: type, text }) => ({ type: words[type] ?? type, value: configValue(text) }))
    .filter(({ value }) => value !== "");
  const names = alternativeNames(view);
  const usages = keyUsage(view);
  const extended = extendedKeyUsage(view) ?? [];
  const critical = subject.length === 0 ? "critical, " : "";
  const extensions = [
    ...(names.length > 0 ? [`subjectAltName = ${critical}@names`] : []),
    ...(usages && usages.size > 0 ? [`keyUsage = ${[...usages].join(", ")}`] : []),
    ...(extended.length > 0 ? [`extendedKeyUsage = ${extended.join(", ")}`] : []),
  ];
  return [
    "[ req ]",
    "prompt = no",
    // Printable where it can be, which NDES needs of the password, and UTF-8 where not.
    "string_mask = MASK:0x2002",
    "distinguished_name = subject",
    "attributes = attributes",
    ...(extensions.length > 0 ? ["req_extensions = extensions"] : []),
    "[ subject ]",
    ...subject.map(({ type, value }, index) => `${index}.${type} = ${value}`),
    "[ attributes ]",
    `challengePassword = ${challengePlaceholder}`,
    ...(extensions.length > 0 ? ["[ extensions ]", ...extensions] : []),
    ...(names.length > 0 ? ["[ names ]", ...names] : []),
  ];
}

/** The lines of the section of names; the CN is added where it is a host's name and missing. */
function alternativeNames(view: RequestView): string[] {
  const names = view.subjectAltNames.flatMap(writtenName);
  const commonName = nameAttribute(view.subject, oid.commonName)?.trim() ?? "";
  const known = names.some(({ value }) => value.toLowerCase() === commonName.toLowerCase());
  const all =
    !known && looksLikeHostName(commonName) ? [...names, { kind: "DNS", value: configValue(commonName) }] : names;
  return all.map(({ kind, value }, index) => `${kind}.${index} = ${value}`);
}

function writtenName({ kind, text }: GeneralNameView): { kind: string; value: string }[] {
  const value = configValue(text);
  switch (kind) {
    case "DNS":
    case "IP":
    case "email":
    case "URI":
      return value === "" ? [] : [{ kind, value }];
    case "otherName": {
      const principal = /^(?:userPrincipalName|UPN|1\.3\.6\.1\.4\.1\.311\.20\.2\.3):(.*)$/.exec(value)?.[1];
      return principal === undefined
        ? []
        : [{ kind: "otherName", value: `${oid.userPrincipalName};UTF8:${principal}` }];
    }
    default:
      return [];
  }
}

/** A value for a configuration: on one line, nothing in it that OpenSSL or a reader takes for something else. */
function configValue(text: string): string {
  return text
    .slice(0, 1000)
    .replaceAll(/[\p{C}\u2028\u2029]/gu, " ")
    .trim()
    .replaceAll(/["'`\\#$]/g, String.raw`\$&`);
}
