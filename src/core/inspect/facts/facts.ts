/**
 * The named values of `decode --json`: their names are fixed (see docs/json.md); more may be added, none renamed. Each kind of
 * artifact has its own; those of one room stand in one file of this folder.
 */

import type {
  AuthEnvelopedDataFacts,
  AuthenticatedDataFacts,
  CertsOnlyFacts,
  CompressedDataFacts,
  DigestedDataFacts,
  EncryptedDataFacts,
  EnvelopedDataFacts,
  SignedDataFacts,
} from "./cmsFacts.js";
import type { MkrequestFacts, OpensslConfFacts, SscepConfFacts } from "./configurationFacts.js";
import type { Pkcs12Facts, PrivateKeyFacts, PublicKeyArtifactFacts, SshPublicKeyFacts } from "./keyFacts.js";
import type { OcspRequestFacts, OcspResponseFacts } from "./ocspFacts.js";
import type { AdminPageFacts, CaCapabilitiesFacts, PkiMessageFacts, TransactionFacts } from "./scepFacts.js";
import type { SourceFacts } from "./sourceFacts.js";
import type { CaptureFacts, HttpExchangeFacts } from "./trafficFacts.js";
import type { CertificateFacts, CrlFacts, RequestFacts } from "./x509Facts.js";

/** ASN.1 that is none of the above. */
export interface Asn1Facts extends SourceFacts {
  readonly kind: "asn1";
  readonly description: string;
}

/** Bytes of which nothing can be said. */
export interface UnknownFacts extends SourceFacts {
  readonly kind: "unknown";
  readonly description: string;
}

/** The facts of any artifact, told apart by `kind`. */
export type Facts =
  | PkiMessageFacts
  | CertsOnlyFacts
  | SignedDataFacts
  | CertificateFacts
  | RequestFacts
  | CrlFacts
  | CaCapabilitiesFacts
  | AdminPageFacts
  | HttpExchangeFacts
  | CaptureFacts
  | TransactionFacts
  | PrivateKeyFacts
  | PublicKeyArtifactFacts
  | OcspRequestFacts
  | OcspResponseFacts
  | SshPublicKeyFacts
  | Pkcs12Facts
  | EnvelopedDataFacts
  | AuthEnvelopedDataFacts
  | EncryptedDataFacts
  | CompressedDataFacts
  | DigestedDataFacts
  | AuthenticatedDataFacts
  | OpensslConfFacts
  | MkrequestFacts
  | SscepConfFacts
  | Asn1Facts
  | UnknownFacts;
