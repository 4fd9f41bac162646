import type { GeneralNameInput } from "../../core/x509/buildExtensions.js";

const prefixes: Readonly<Record<string, GeneralNameInput["kind"]>> = {
  dns: "DNS",
  ip: "IP",
  email: "email",
  uri: "URI",
  upn: "UPN",
};

/**
 * Reads subject alternative names as people list them: `dev7.example.com, 192.0.2.7, DNS:dev7, UPN:dev7@example.com`. A
 * kind that is not written is told by the value's shape.
 */
export function readAlternativeNames(text: string): readonly GeneralNameInput[] {
  return text
    .split(/[,;\s]+/)
    .filter((part) => part !== "")
    .map((part) => {
      const prefix = /^([a-z]+):(?!\/\/)/i.exec(part);
      const kind = prefix?.[1] === undefined ? undefined : prefixes[prefix[1].toLowerCase()];
      if (kind !== undefined && prefix) return { kind, text: part.slice(prefix[0].length) };
      return { kind: kindOf(part), text: part };
    });
}

/** The names as {@link readAlternativeNames} reads them, kinds written. */
export function writeAlternativeNames(names: readonly GeneralNameInput[]): string {
  return names.map(({ kind, text }) => `${kind}:${text}`).join(", ");
}

function kindOf(text: string): GeneralNameInput["kind"] {
  if (text.includes("://")) return "URI";
  if (text.includes("@")) return "email";
  if (/^\d{1,3}(\.\d{1,3}){3}$/.test(text) || (text.includes(":") && /^[\da-f:.]+$/i.test(text))) return "IP";
  return "DNS";
}
