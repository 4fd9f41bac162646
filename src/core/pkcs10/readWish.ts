import { HumanError } from "../humanError.js";
import { extendedKeyUsageOid } from "../x509/extendedKeyUsageNames.js";
import type { ClientInfo } from "./buildAttributes.js";
import type { ExtensionWish } from "./requestWishes.js";

/** Microsoft's number for certreq.exe and what stands for it in a request's client information. */
const certreqClientId = 5;

/**
 * The certificate template that a text names: by its name, or by its identifier and, after colons, its major version (100
 * unless told, as Windows begins to count) and its minor one: `1.3.6.1.4.1.311.21.8.1.2:100:4`.
 */
export function readTemplate(text: string): ExtensionWish {
  const [, dotted, major = "100", minor] = /^(\d+(?:\.\d+){3,})(?::(\d{1,9}))?(?::(\d{1,9}))?$/.exec(text) ?? [];
  if (dotted === undefined) return { kind: "templateName", name: text };
  return {
    kind: "template",
    oid: dotted,
    majorVersion: Number(major),
    ...(minor !== undefined && { minorVersion: Number(minor) }),
  };
}

/** Microsoft's client information out of `MACHINE,USER,PROCESS`. Throws a {@link HumanError} for anything else. */
export function readClientInfo(text: string): ClientInfo {
  const [machine, user, process, ...rest] = text.split(",").map((part) => part.trim());
  if (machine === undefined || user === undefined || process === undefined || rest.length > 0) {
    throw new HumanError("Client information is three texts with commas between them: MACHINE,USER,PROCESS.");
  }
  return { clientId: certreqClientId, machine, user, process };
}

/** Key usages or policies, by name or dotted, with commas between them, as identifiers. Throws a {@link HumanError} for others. */
export function readUsages(text: string): readonly string[] {
  return text
    .split(",")
    .map((word) => word.trim())
    .filter((word) => word !== "")
    .map(extendedKeyUsageOid);
}
