import { l10n } from "vscode";
import type { DigestName } from "../../core/crypto/cryptoPort.js";
import type { KeySpec } from "../../core/crypto/newKey.js";
import { type MkrequestName, mkrequestWishes } from "../../core/pkcs10/mkrequestPreset.js";
import type { ExtensionWish, RequestWishes } from "../../core/pkcs10/requestWishes.js";
import { readClientInfo, readTemplate } from "../../core/pkcs10/readWish.js";
import { readStringMask } from "../../core/pkcs10/stringMask.js";
import type { WrongRequest } from "../../core/pkcs10/wrongRequests.js";
import type { KeyUsageName } from "../../core/x509/extensionValues.js";
import type { KeyPlan, RequestPlan } from "../enroll/enrollPlan.js";
import type { CurveKeyPlan } from "../enroll/keyPage.js";
import type { Server } from "../servers/server.js";

/** Where the challenge of a new request comes from. Only `text` holds it. */
export type RequestChallenge =
  | { readonly kind: "none" }
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "fetch" | "stored"; readonly server: Server };

/** The extensions that a request may call critical or not, in the order in which they stand in it. */
export const criticalChoices = ["keyUsage", "extendedKeyUsage", "subjectAltName"] as const;

/** The answers so far. Every page finds a default in them and leaves its answer there. */
export interface RequestDraft {
  readonly title: string;
  /** Made like sscep's mkrequest, after which kind of name; otherwise in the usual way. */
  mkrequest: MkrequestName["kind"] | undefined;
  /** mkrequest's one name. */
  name: string;
  wrong: WrongRequest | undefined;
  request: RequestPlan;
  key: KeyPlan | CurveKeyPlan;
  challenge: RequestChallenge;
  keyUsage: readonly KeyUsageName[];
  /** Dotted. */
  extendedKeyUsage: readonly string[];
  /** Which of the extensions are critical; mkrequest decides it for its subjectAltName. */
  critical: readonly (typeof criticalChoices)[number][];
  /** A name, or an identifier and versions: `1.3.6.1.4.1.311.21.8.1.2:100:4`. */
  template: string;
  sid: string;
  /** Dotted. */
  applicationPolicies: readonly string[];
  unstructuredName: string;
  osVersion: string;
  /** `MACHINE,USER,PROCESS` */
  clientInfo: string;
  cspProvider: string;
  /** As in openssl.cnf. */
  stringMask: string;
  digest: DigestName;
  /** Encrypts a new key. Secret. */
  passphrase: string;
}

/** What the wizard begins with: Enter all the way through makes a request that NDES takes. */
export function newDraft(subject: string): RequestDraft {
  return {
    title: l10n.t("New Certificate Request"),
    mkrequest: undefined,
    name: "",
    wrong: undefined,
    request: { kind: "new", subject, names: [] },
    key: { kind: "new", bits: 2048 },
    challenge: { kind: "none" },
    keyUsage: ["digitalSignature", "keyEncipherment"],
    extendedKeyUsage: [],
    critical: ["keyUsage"],
    template: "",
    sid: "",
    applicationPolicies: [],
    unstructuredName: "",
    osVersion: "",
    clientInfo: "",
    cspProvider: "",
    stringMask: "MASK:0x2002",
    digest: "SHA-256",
    passphrase: "",
  };
}

/** The new key that a draft asks for; undefined where it uses one of a file. */
export function keySpecOf({ key, wrong }: RequestDraft): KeySpec | undefined {
  if (wrong?.key) return wrong.key;
  switch (key.kind) {
    case "new":
      return { kind: "rsa", bits: key.bits };
    case "curve":
      return { kind: "curve", curve: key.curve };
    case "file":
      return undefined;
  }
}

/** What a draft wishes for, with the challenge as it was obtained. */
export function wishesOf(draft: RequestDraft, challenge: string | undefined): RequestWishes {
  const { mkrequest, name, request, digest, unstructuredName, osVersion, clientInfo, cspProvider } = draft;
  const preset = mkrequest && mkrequestWishes({ kind: mkrequest, text: name }, request.subject);
  return {
    subject: preset?.subject ?? request.subject,
    strings: { mask: readStringMask(draft.stringMask) ?? 0, utf8: true },
    ...(challenge !== undefined && { challengePassword: { text: challenge } }),
    ...(unstructuredName !== "" && { unstructuredName }),
    extensions: preset
      ? [...(preset.extensions ?? []), ...extendedKeyUsageOf(draft), ...microsoftOf(draft)]
      : extensionsOf(draft),
    ...(osVersion !== "" && { osVersion }),
    ...(clientInfo !== "" && { clientInfo: readClientInfo(clientInfo) }),
    ...(cspProvider !== "" && { cspProvider }),
    digest,
  };
}

function extensionsOf(draft: RequestDraft): ExtensionWish[] {
  const { request, keyUsage: uses, critical } = draft;
  const names = request.kind === "new" ? request.names : [];
  return [
    ...(uses.length > 0 ? [{ kind: "keyUsage" as const, uses, critical: critical.includes("keyUsage") }] : []),
    ...extendedKeyUsageOf(draft),
    ...(names.length > 0
      ? [{ kind: "subjectAltName" as const, names, critical: critical.includes("subjectAltName") }]
      : []),
    ...microsoftOf(draft),
  ];
}

function extendedKeyUsageOf({ extendedKeyUsage: usages, critical }: RequestDraft): ExtensionWish[] {
  if (usages.length === 0) return [];
  return [{ kind: "extendedKeyUsage", usages, critical: critical.includes("extendedKeyUsage") }];
}

function microsoftOf({ template, applicationPolicies: policies, sid }: RequestDraft): ExtensionWish[] {
  return [
    ...(template === "" ? [] : [readTemplate(template)]),
    ...(policies.length === 0 ? [] : [{ kind: "applicationPolicies" as const, policies }]),
    ...(sid === "" ? [] : [{ kind: "securityIdentifier" as const, sid }]),
  ];
}
