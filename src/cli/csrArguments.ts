import { builtStringTypes } from "../core/asn1/buildValue.js";
import { HumanError } from "../core/humanError.js";
import { type KeySpec, readKeySpec, usualKey } from "../core/crypto/newKey.js";
import { mkrequestWishes } from "../core/pkcs10/mkrequestPreset.js";
import { readClientInfo, readTemplate } from "../core/pkcs10/readWish.js";
import type { ExtensionWish, RequestWishes } from "../core/pkcs10/requestWishes.js";
import { printableOrUtf8, readStringMask, stringMaskNames, type StringOptions } from "../core/pkcs10/stringMask.js";
import { type WrongRequest, wrongRequests } from "../core/pkcs10/wrongRequests.js";
import { extendedKeyUsageOid } from "../core/x509/extendedKeyUsageNames.js";
import { keyUsageNames } from "../core/x509/extensionValues.js";
import { oneOf, type OptionValues, seeHelp, wholeNumber } from "./arguments.js";
import { alternativeNames } from "./enrollArguments.js";

/** The options of `csr` that say what the request is to be. */
export const csrOptions = {
  subject: { type: "string" },
  dns: { type: "string", multiple: true },
  ip: { type: "string", multiple: true },
  email: { type: "string", multiple: true },
  uri: { type: "string", multiple: true },
  upn: { type: "string", multiple: true },
  "san-critical": { type: "boolean" },
  "challenge-type": { type: "string" },
  "unstructured-name": { type: "string" },
  "string-mask": { type: "string" },
  utf8: { type: "string" },
  "key-usage": { type: "string" },
  eku: { type: "string" },
  template: { type: "string" },
  sid: { type: "string" },
  "application-policies": { type: "string" },
  "os-version": { type: "string" },
  "client-info": { type: "string" },
  csp: { type: "string" },
  digest: { type: "string" },
  preset: { type: "string" },
  wrong: { type: "string" },
  key: { type: "string" },
  "key-size": { type: "string" },
  "key-type": { type: "string" },
} as const;

/** Their values. */
export type CsrValues = OptionValues<typeof csrOptions>;

const digests = ["MD5", "SHA-1", "SHA-224", "SHA-256", "SHA-384", "SHA-512"] as const;

/** What the request is to be, by the arguments. Throws a HumanError where they say nothing, or nothing that can be. */
export function wishesOf(values: CsrValues, challenge: string | undefined): RequestWishes {
  const names = alternativeNames(values);
  const preset = values.preset === undefined ? undefined : presetOf(values.preset, values);
  if (!preset && values.subject === undefined && names.length === 0) {
    throw new HumanError(`"csr" needs --subject, or an alternative name such as --dns. ${seeHelp("csr")}`);
  }
  const stringType =
    values["challenge-type"] === undefined
      ? undefined
      : oneOf("--challenge-type", values["challenge-type"], builtStringTypes);
  if (stringType !== undefined && challenge === undefined) {
    throw new HumanError(
      "--challenge-type says how a challenge is written, but there is none; give --challenge as well.",
    );
  }
  const strings = stringsOf(values);
  return {
    subject: preset?.subject ?? values.subject ?? "",
    ...(strings && { strings }),
    ...(challenge !== undefined && {
      challengePassword: { text: challenge, ...(stringType !== undefined && { stringType }) },
    }),
    ...(values["unstructured-name"] !== undefined && { unstructuredName: values["unstructured-name"] }),
    extensions: preset
      ? [...(preset.extensions ?? []), ...usagesOf(values, "none"), ...microsoftOf(values)]
      : extensionsOf(values),
    ...(values["os-version"] !== undefined && { osVersion: values["os-version"] }),
    ...(values["client-info"] !== undefined && { clientInfo: readClientInfo(values["client-info"]) }),
    ...(values.csp !== undefined && { cspProvider: values.csp }),
    ...(values.digest !== undefined && { digest: oneOf("--digest", values.digest, digests) }),
  };
}

/** The wrong request of that name; undefined where none is asked for. */
export function wrongOf({ wrong }: CsrValues): WrongRequest | undefined {
  if (wrong === undefined) return undefined;
  const found = wrongRequests.find(({ name }) => name === wrong);
  if (found) return found;
  throw new HumanError(`There is no wrong request "${wrong}". --list-wrong lists them.`);
}

/** The new key that the arguments ask for; `wrong` may ask for one itself. */
export function keySpecOf(values: CsrValues, wrong: WrongRequest | undefined): KeySpec {
  const { "key-size": size, "key-type": type } = values;
  if (size !== undefined && type !== undefined) {
    throw new HumanError("--key-size is for an RSA key and --key-type names any; give one of the two.");
  }
  if (wrong?.key && (size !== undefined || type !== undefined)) {
    throw new HumanError(`--wrong ${wrong.name} makes a key of its own; leave --key-size and --key-type out.`);
  }
  if (wrong?.key) return wrong.key;
  if (size !== undefined) return { kind: "rsa", bits: wholeNumber("--key-size", size, 512, 16_384) };
  return type === undefined ? usualKey : readKeySpec(type);
}

function presetOf(preset: string, values: CsrValues): RequestWishes {
  oneOf("--preset", preset, ["mkrequest"]);
  const names = alternativeNames(values);
  const [name] = names;
  if (!name || names.length > 1 || name.kind === "URI" || name.kind === "UPN") {
    throw new HumanError("--preset mkrequest takes one name, as the script does: --dns, --ip or --email.");
  }
  return mkrequestWishes({ kind: name.kind, text: name.text }, values.subject);
}

function stringsOf({ "string-mask": setting, utf8 }: CsrValues): StringOptions | undefined {
  if (setting === undefined && utf8 === undefined) return undefined;
  const mask = setting === undefined ? printableOrUtf8.mask : readStringMask(setting);
  if (mask === undefined) {
    throw new HumanError(
      `--string-mask is one of ${stringMaskNames.join(", ")}, or MASK: and a number such as MASK:0x2002, not "${setting ?? ""}".`,
    );
  }
  return { mask, utf8: utf8 === undefined || oneOf("--utf8", utf8, ["yes", "no"]) === "yes" };
}

function extensionsOf(values: CsrValues): ExtensionWish[] {
  const names = alternativeNames(values);
  const critical = values["san-critical"] === true;
  return [
    ...usagesOf(values, "critical,digitalSignature,keyEncipherment"),
    ...(names.length > 0 ? [{ kind: "subjectAltName" as const, names, critical }] : []),
    ...microsoftOf(values),
  ];
}

/** Key usages in the form of OpenSSL's configuration: `critical,digitalSignature`; `none` is none. */
function usagesOf(values: CsrValues, usual: string): ExtensionWish[] {
  const usage = listOf(values["key-usage"] ?? usual);
  const extended = listOf(values.eku ?? "none");
  return [
    ...(usage.items.length > 0
      ? [
          {
            kind: "keyUsage" as const,
            uses: usage.items.map((text) => oneOf("--key-usage", text, keyUsageNames)),
            critical: usage.critical,
          },
        ]
      : []),
    ...(extended.items.length > 0
      ? [
          {
            kind: "extendedKeyUsage" as const,
            usages: extended.items.map(extendedKeyUsageOid),
            critical: extended.critical,
          },
        ]
      : []),
  ];
}

function microsoftOf(values: CsrValues): ExtensionWish[] {
  const policies = listOf(values["application-policies"] ?? "none").items.map(extendedKeyUsageOid);
  return [
    ...(values.template === undefined ? [] : [readTemplate(values.template)]),
    ...(policies.length > 0 ? [{ kind: "applicationPolicies" as const, policies }] : []),
    ...(values.sid === undefined ? [] : [{ kind: "securityIdentifier" as const, sid: values.sid }]),
  ];
}

function listOf(text: string): { readonly critical: boolean; readonly items: readonly string[] } {
  const words = text.split(",").map((word) => word.trim());
  return {
    critical: words.some((word) => word.toLowerCase() === "critical"),
    items: words.filter((word) => word !== "" && !/^(?:critical|none)$/i.test(word)),
  };
}
