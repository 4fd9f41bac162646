import { l10n } from "vscode";
import { HumanError } from "../../core/humanError.js";
import type { Challenge, GivenRequest, NewRequest } from "../../core/scep/enrollmentRequest.js";
import type { ContentCipherName } from "../../core/crypto/algorithms.js";
import type { SigningDigestName } from "../../core/crypto/cryptoPort.js";
import type { GeneralNameInput } from "../../core/x509/buildExtensions.js";
import type { LockedKey } from "../requests/requestKey.js";
import type { Server } from "../servers/server.js";

/** The ASN.1 string types that a challenge can be sent in. */
export type ChallengeStringType = NonNullable<Challenge["stringType"]>;

/** The string types in the order in which they are offered. */
export const challengeStringTypes: readonly ChallengeStringType[] = [
  "PrintableString",
  "UTF8String",
  "IA5String",
  "TeletexString",
  "BMPString",
];

/** Where the challenge comes from. Only `text` holds it, and that is never kept longer than the plan. */
export type ChallengePlan =
  | { readonly kind: "fetch" }
  | { readonly kind: "stored" }
  | { readonly kind: "none" }
  | { readonly kind: "text"; readonly text: string; readonly store: boolean };

/** A new key of so many bits, or one of a file. */
export type KeyPlan =
  | { readonly kind: "new"; readonly bits: number }
  | { readonly kind: "file"; readonly name: string; /** PKCS#8 DER. Secret. */ readonly pkcs8: Uint8Array };

/** What is enrolled: a request that is made for it, or one that exists. */
export type RequestPlan =
  | { readonly kind: "new"; readonly subject: string; readonly names: readonly GeneralNameInput[] }
  | {
      readonly kind: "given";
      readonly name: string;
      /** DER of the PKCS#10 request. */ readonly request: Uint8Array;
      /** Fit for display. */ readonly subject: string;
    };

/** Everything that an enrolment needs to know. */
export interface EnrollPlan {
  readonly server: Server;
  readonly request: RequestPlan;
  readonly key: KeyPlan;
  readonly challenge: ChallengePlan;
  readonly stringType: ChallengeStringType;
  /** Instead of the server's setting. */
  readonly contentEncryption?: ContentCipherName;
  /** Instead of the server's setting. */
  readonly digest?: SigningDigestName;
}

/** What a command, a task or a test may give to *Enroll Certificate…*: everything is optional but what it fills in is not asked. */
export interface EnrollArgument {
  /** The name of a server. */
  readonly server?: string;
  /** A request that exists: what is enrolled is then not asked. */
  readonly request?: Extract<RequestPlan, { kind: "given" }>;
  /** Its key, which is then not asked either. */
  readonly key?: Extract<KeyPlan, { kind: "file" }>;
  /** Its key, where it is encrypted: it is offered, and its passphrase asked for. */
  readonly lockedKey?: LockedKey;
  /** With a subject nothing is asked at all. */
  readonly subject?: string;
  readonly names?: readonly GeneralNameInput[];
  readonly keySize?: number;
  readonly challenge?:
    | { readonly kind: "fetch" | "stored" | "none" }
    | { readonly kind: "text"; readonly text: string };
  readonly stringType?: ChallengeStringType;
}

/** Where the challenge comes from unless the person says otherwise: the admin page, the secret storage, or a question. */
export function defaultChallenge(server: Server, stored: boolean): ChallengePlan["kind"] {
  if (server.origin === "responder") return "fetch";
  if (stored) return "stored";
  return server.settings.adminUrl === undefined ? "text" : "fetch";
}

/** The plan of a caller who leaves nothing to ask: what is not given has the wizard's defaults. */
export function planOf(server: Server, given: EnrollArgument): EnrollPlan {
  const challenge: ChallengePlan =
    given.challenge?.kind === "text"
      ? { kind: "text", text: given.challenge.text, store: false }
      : (given.challenge ?? (server.settings.adminUrl === undefined ? { kind: "none" } : { kind: "fetch" }));
  return {
    server,
    request: { kind: "new", subject: given.subject ?? "", names: given.names ?? [] },
    key: { kind: "new", bits: given.keySize ?? 2048 },
    challenge,
    stringType: given.stringType ?? "PrintableString",
  };
}

/**
 * What the core's client enrols for a plan.
 *
 * @throws {HumanError} where a request that exists has no key to go with it
 */
export function requestOf(
  { request, key, stringType }: EnrollPlan,
  challenge: string | undefined,
): NewRequest | GivenRequest {
  if (request.kind === "given") {
    if (key.kind === "new") {
      throw new HumanError(
        l10n.t("The request {0} needs the key that it was made with. Enroll again and choose that key.", request.name),
      );
    }
    return { kind: "given", request: request.request, key: key.pkcs8 };
  }
  const { subject, names } = request;
  return {
    kind: "new",
    subject,
    ...(names.length > 0 && { subjectAltNames: names }),
    ...(challenge !== undefined && { challenge: { text: challenge, stringType } }),
    ...(key.kind === "new" ? { keySize: key.bits } : { key: key.pkcs8 }),
  };
}
