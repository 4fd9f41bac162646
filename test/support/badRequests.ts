/** A request of test/corpus/requests that is broken in a way that programs stumble over, and all that is said of it for NDES. */
export interface BadRequest {
  /** `challenge/odd-bmp` */
  readonly name: string;
  readonly what: string;
  readonly codes: readonly string[];
}

/** What is said of each in the terminal and in the editor alike. */
export const badRequests: readonly BadRequest[] = [
  { name: "encoding/cut-short", what: "cut short", codes: ["asn1.truncated"] },
  { name: "encoding/cut-to-nothing", what: "cut to almost nothing", codes: ["input.unrecognised"] },
  { name: "encoding/pem-with-bytes-behind", what: "with bytes behind its end", codes: ["asn1.trailingData"] },
  { name: "challenge/two-attributes", what: "two challenge passwords", codes: ["csr.challenge.several"] },
  {
    name: "attribute/two-unstructured-names",
    what: "two attributes of one type",
    codes: ["csr.attribute.duplicate"],
  },
  { name: "challenge/64-kilobytes", what: "a challenge of 64 KB", codes: ["csr.challenge.tooLong"] },
  {
    name: "challenge/odd-bmp",
    what: "a BMPString of odd length as the challenge",
    codes: ["asn1.string.encoding", "csr.challenge.malformed", "csr.challenge.stringType"],
  },
  {
    name: "subject/odd-bmp",
    what: "a BMPString of odd length in the subject",
    codes: ["asn1.string.encoding", "csr.subject.malformed", "csr.subject.stringType"],
  },
  { name: "key/modulus-negative", what: "a negative modulus", codes: ["csr.key.modulus"] },
  {
    name: "key/modulus-zero",
    what: "a modulus of zero",
    codes: ["csr.key.modulus", "csr.key.tooShort", "csr.signature.invalid"],
  },
];
