import type { SignedDataView, SignerInfoView } from "../cms/signedData.js";
import type { MessageDigestState } from "../cms/verify.js";
import type { SignatureResult } from "../crypto/signature.js";
import type { EnvelopedDataView } from "../cms/envelopedData.js";
import type { RequestView } from "../pkcs10/request.js";
import type { Capabilities } from "../scep/capabilities.js";
import type { ScepAttributes } from "../scep/pkiMessage.js";
import type { StructureSource } from "./report.js";
import type { HttpExchange } from "../scep/transport.js";
import type { CertificateView } from "../x509/certificate.js";
import type { CertificationPath } from "../x509/certificationPath.js";
import type { CrlView } from "../x509/crl.js";
import type { OcspResponseView } from "../x509/ocsp.js";
import type { AttributeView } from "../x509/attribute.js";
import type { CertificateRole, RoleAssignment } from "../x509/roles.js";
import type { AdminPage } from "../ndes/adminPage.js";
import type { Conf, TextRange } from "../config/conf.js";
import type { RequestScript } from "../config/requestScript.js";
import type { RequestSettings } from "../config/requestSettings.js";
import type { WrappingProblem } from "./artifact.js";
import type { CaptureContents } from "./captureArtifacts.js";
import type { PlacedProblem } from "./describe/eagerStructure.js";
import type { AskedAndIssued } from "./issuedCertificate.js";
import type { ByteRange } from "./finding.js";
import type { Facts } from "./facts/facts.js";
import type { SignatureVerdict } from "./facts/sourceFacts.js";

/** An encoding that came from outside: its defects, and those of what stood around it. */
export interface EncodingSubject {
  readonly bytes: Uint8Array;
  /** What a person calls the input: `reply.der`, or `The decrypted content` of something larger. */
  readonly name: string;
  readonly wrapping: readonly WrappingProblem[];
  readonly problems: readonly PlacedProblem[];
  /** Values at which nobody looked, for their level or the encoding has too many; absent where there are none. */
  readonly notLookedAt?: number;
  /** From what the tree of the whole encoding is grown; absent where none is shown. */
  readonly source?: StructureSource;
}

/** Bytes that are no message at all. */
export interface InputSubject {
  readonly bytes: Uint8Array;
  readonly name: string;
  readonly kind: "empty" | "zeros" | "webPage" | "text" | "binary";
  /** The title of a web page, where it has one; hostile. */
  readonly pageTitle?: string;
  readonly wrapping: readonly WrappingProblem[];
}

/** What came of checking a signature. */
export interface Verification {
  readonly verdict: SignatureVerdict;
  readonly certificate?: CertificateView | undefined;
  readonly messageDigest?: MessageDigestState;
  /** In a sentence, what was found. */
  readonly detail: string;
}

/** An envelope and what came of opening it. */
export interface OpenedEnvelope {
  readonly view: EnvelopedDataView;
  /** The decrypted content. */
  readonly content?: Uint8Array;
  /** The name of the key that opened it. */
  readonly openedWith?: string;
  /** Why it was not opened, in a sentence. */
  readonly reason?: string;
}

/** A SCEP message with all that is known around it. */
export interface PkiMessageSubject {
  readonly attributes: ScepAttributes;
  /** The signed attributes as they came, those of unexpected types included. */
  readonly signedAttrs: readonly AttributeView[];
  readonly signedData: SignedDataView;
  /** Undefined where the message is cut short inside it. */
  readonly signerInfo: SignerInfoView | undefined;
  /** Whether the input ends inside this message: what is missing then is no fault of its maker's. */
  readonly cut: boolean;
  readonly verification: Verification;
  readonly envelope: OpenedEnvelope | undefined;
  /** The request inside, where it could be opened. */
  readonly request: RequestView | undefined;
  /** DER of the request inside an envelope that stays closed, as the client that made it knows it. */
  readonly ownRequest: Uint8Array | undefined;
  /** Of an opened SUCCESS whose request is known: what was asked for beside what was issued. */
  readonly comparison: AskedAndIssued | undefined;
  /** The certificates known beside the message, in their roles. */
  readonly known: readonly RoleAssignment[];
  /** Those of the message and the known ones, among which its identifiers point at theirs. */
  readonly candidates: readonly CertificateView[];
  /** The capabilities of the server that it went to or came from, where they are known. */
  readonly capabilities: Capabilities | undefined;
}

/**
 * What a request is sent for: a first certificate over SCEP; another one, in a message that is signed with a certificate of
 * the CA; or with another protocol than SCEP.
 */
export type Enrolment = "first" | "renewal" | "otherProtocol";

/** A PKCS#10 request. */
export interface RequestSubject {
  readonly view: RequestView;
  readonly verification: Verification;
  readonly enrolment: Enrolment;
}

/** A certificate and the part it plays. */
export interface CertificateSubject {
  readonly view: CertificateView;
  readonly role: CertificateRole;
  /** The way up to its root, as far as that is known. */
  readonly path: CertificationPath;
}

/** A revocation list. */
export interface CrlSubject {
  readonly view: CrlView;
  /** What came of verifying it; absent where its issuer is not known. */
  readonly signature?: SignatureResult;
}

/** An OCSP response. */
export interface OcspResponseSubject {
  readonly view: OcspResponseView;
  /** Absent where nothing is signed. */
  readonly signature?: SignatureVerdict;
  /** In a sentence, what came of verifying it. */
  readonly detail?: string;
  /** The certificate that it was verified with. */
  readonly signer?: CertificateView;
  /** The issuer of each certificate that is answered for, where it is known. */
  readonly issuers: readonly (CertificateView | undefined)[];
}

/** One HTTP exchange and what its response holds. */
export interface ExchangeSubject {
  readonly exchange: HttpExchange;
  /** What was wrong in the capture that it came out of. */
  readonly wrapping: readonly WrappingProblem[];
  /** The SCEP operation that was asked for, by the URL or by whoever sent it. */
  readonly operation?: string;
  /** What the body is; absent where there is none. */
  readonly body?: Facts["kind"];
  /** The body is a web page. */
  readonly page?: { readonly title?: string };
}

/** A capture of packets as a whole. */
export interface CaptureSubject {
  readonly capture: CaptureContents;
  readonly name: string;
  readonly wrapping: readonly WrappingProblem[];
}

/** An answer to GetCACaps. */
export interface CapabilitiesSubject {
  readonly capabilities: Capabilities;
}

/** The bundle of certificates that GetCACert brings, or a SUCCESS reply. */
export interface CertsOnlySubject {
  readonly signedData: SignedDataView;
  readonly roles: readonly RoleAssignment[];
}

/** A page of mscep_admin. */
export interface AdminPageSubject {
  readonly page: AdminPage;
}

/** Says which node and which bytes of the input a range of a configuration's text is. */
export type PlaceOf = (range: TextRange) => { readonly at: string; readonly range: ByteRange };

/** A configuration in OpenSSL's form: a file, or what a script writes into one. */
export interface OpensslConfSubject {
  readonly conf: Conf;
  readonly place: PlaceOf;
  /** Its section `req`. */
  readonly request?: RequestSettings;
  /** The script that writes it, whose own ranges {@link scriptPlace} takes. */
  readonly script?: RequestScript;
  readonly scriptPlace: PlaceOf;
}

/** An sscep.conf. */
export interface SscepConfSubject {
  readonly conf: Conf;
  readonly place: PlaceOf;
}

/** What rules apply to, by name. */
export interface Subjects {
  readonly encoding: EncodingSubject;
  readonly input: InputSubject;
  readonly pkiMessage: PkiMessageSubject;
  readonly request: RequestSubject;
  readonly certificate: CertificateSubject;
  readonly crl: CrlSubject;
  readonly ocspResponse: OcspResponseSubject;
  readonly exchange: ExchangeSubject;
  readonly capture: CaptureSubject;
  readonly capabilities: CapabilitiesSubject;
  readonly certsOnly: CertsOnlySubject;
  readonly adminPage: AdminPageSubject;
  readonly opensslConf: OpensslConfSubject;
  readonly sscepConf: SscepConfSubject;
}

/** One subject with its name, as reports hand them to the rules. */
export type AnySubject = {
  [Kind in keyof Subjects]: { readonly kind: Kind; readonly subject: Subjects[Kind] };
}[keyof Subjects];
