/** One kind of message of CMP. */
export interface CmpBody {
  /** Its name in the ASN.1: `ir`. */
  readonly name: string;
  /** In words. */
  readonly words: string;
}

/** The bodies of a PKIMessage of CMP, each at its tag number (RFC 4210 §5.1.2). */
export const cmpBodies: readonly CmpBody[] = [
  { name: "ir", words: "initialization request" },
  { name: "ip", words: "initialization response" },
  { name: "cr", words: "certification request" },
  { name: "cp", words: "certification response" },
  { name: "p10cr", words: "PKCS #10 certification request" },
  { name: "popdecc", words: "proof-of-possession challenge" },
  { name: "popdecr", words: "proof-of-possession response" },
  { name: "kur", words: "key update request" },
  { name: "kup", words: "key update response" },
  { name: "krr", words: "key recovery request" },
  { name: "krp", words: "key recovery response" },
  { name: "rr", words: "revocation request" },
  { name: "rp", words: "revocation response" },
  { name: "ccr", words: "cross-certification request" },
  { name: "ccp", words: "cross-certification response" },
  { name: "ckuann", words: "CA key update announcement" },
  { name: "cann", words: "certificate announcement" },
  { name: "rann", words: "revocation announcement" },
  { name: "crlann", words: "CRL announcement" },
  { name: "pkiconf", words: "confirmation" },
  { name: "nested", words: "nested message" },
  { name: "genm", words: "general message" },
  { name: "genp", words: "general response" },
  { name: "error", words: "error message" },
  { name: "certConf", words: "certificate confirmation" },
  { name: "pollReq", words: "polling request" },
  { name: "pollRep", words: "polling response" },
];
