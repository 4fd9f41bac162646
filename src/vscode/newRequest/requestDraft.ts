import { l10n } from "vscode";
import type { DigestName } from "../../core/crypto/cryptoPort.js";
import type { KeySpec } from "../../core/crypto/newKey.js";
import { type MkrequestName, mkrequestWishes } from "../../core/pkcs10/mkrequestPreset.js";
import type { ExtensionWish, RequestWishes } from "../../core/pkcs10/requestWishes.js";
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
  templateName: string;
  sid: string;
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
    templateName: "",
    sid: "",
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
  const { mkrequest, name, request, keyUsage, extendedKeyUsage, templateName, sid, digest } = draft;
  const names = request.kind === "new" ? request.names : [];
  const preset = mkrequest && mkrequestWishes({ kind: mkrequest, text: name }, request.subject);
  const extensions: ExtensionWish[] = [
    ...(keyUsage.length > 0 && !preset ? [{ kind: "keyUsage" as const, uses: keyUsage, critical: true }] : []),
    ...(extendedKeyUsage.length > 0 ? [{ kind: "extendedKeyUsage" as const, usages: extendedKeyUsage }] : []),
    ...(preset?.extensions ?? (names.length > 0 ? [{ kind: "subjectAltName" as const, names }] : [])),
    ...(templateName === "" ? [] : [{ kind: "templateName" as const, name: templateName }]),
    ...(sid === "" ? [] : [{ kind: "securityIdentifier" as const, sid }]),
  ];
  return {
    subject: preset?.subject ?? request.subject,
    strings: { mask: readStringMask(draft.stringMask) ?? 0, utf8: true },
    ...(challenge !== undefined && { challengePassword: { text: challenge } }),
    extensions,
    digest,
  };
}
