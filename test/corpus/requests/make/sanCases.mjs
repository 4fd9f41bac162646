/** Alternative names. */
import { octets, oid, seq, tlv } from "./der.mjs";
import { dns, extension, extensionRequest, goodChallenge, ip, request, san } from "./hand.mjs";
import { byHand, openssl } from "./programs.mjs";

/** @param {string} value @param {readonly string[]} [more] */
const names = (value, more = []) => openssl({ extensions: [`subjectAltName = ${value}`, ...more] });
/** @param {string} made @param {readonly Uint8Array[]} all */
const byHandWith = (made, ...all) =>
  byHand(made, request({ attributes: [goodChallenge, extensionRequest(san(dns("dev7.example.com"), ...all))] }));
const malformed = { both: ["error csr.san.malformed"] };
const good = "DNS:dev7.example.com";

/** @param {string} uri @param {readonly string[]} [more] */
const sidUri = (uri, more = []) =>
  openssl({ extensions: ["subjectAltName = @names", ...more, "[ names ]", "DNS = dev7.example.com", `URI = ${uri}`] });

/** The OtherName of Microsoft's security extension. @param {string} sid */
const securityExtension = (sid) =>
  extension("1.3.6.1.4.1.311.25.2", seq(tlv(0xa0, oid("1.3.6.1.4.1.311.25.2.1"), tlv(0xa0, octets(Buffer.from(sid))))));

/** @type {readonly import("./cases.mjs").Case[]} */
export const sanCases = [
  { name: "san/missing", request: () => openssl({ extensions: [] }), both: ["info csr.san.missing"] },
  {
    name: "san/missing-for-a-server",
    request: () => openssl({ extensions: ["extendedKeyUsage = serverAuth"] }),
    both: ["warning csr.san.missing"],
  },
  {
    name: "san/there",
    request: () => names(good),
    near: ["csr.san.missing", "csr.san.commonName", "csr.san.critical"],
  },
  { name: "san/critical", request: () => names(`critical, ${good}`), both: ["warning csr.san.critical"] },
  { name: "san/other-than-cn", request: () => names("DNS:other.example.com"), both: ["warning csr.san.commonName"] },
  { name: "san/cn-in-capitals", request: () => names("DNS:DEV7.Example.COM"), near: ["csr.san.commonName"] },
  { name: "san/cn-is-no-host", request: () => openssl({ dn: ["CN = Device 7"] }), near: ["csr.san.commonName"] },
  { name: "san/ip-alone", request: () => names("IP:192.0.2.7"), near: ["csr.san.commonName"] },
  { name: "san/ipv6", request: () => names(`${good}, IP:2001:db8::7`), near: ["csr.san.malformed"] },
  { name: "san/ip-5-octets", request: () => byHandWith("an address of 5 octets", ip(192, 0, 2, 7, 0)), ...malformed },
  {
    name: "san/ip-with-mask",
    request: () => byHandWith("an address with a mask", ip(192, 0, 2, 0, 255, 255, 255, 0)),
    ...malformed,
  },
  { name: "san/ip-empty", request: () => byHandWith("an address of no octets", ip()), ...malformed },
  { name: "san/url-as-dns", request: () => names(`${good}, DNS:https://dev7.example.com`), ...malformed },
  { name: "san/ip-as-dns", request: () => names(`${good}, DNS:192.0.2.7`), ...malformed },
  { name: "san/port", request: () => names(`${good}, DNS:dev7.example.com:8443`), ...malformed },
  {
    name: "san/blank-in-dns",
    request: () => byHandWith("a DNS name with a blank", dns("dev7 .example.com")),
    ...malformed,
  },
  { name: "san/blank-alone", request: () => byHandWith("a DNS name that is a blank", dns(" ")), ...malformed },
  { name: "san/dns-empty", request: () => byHandWith("an empty DNS name", dns("")), ...malformed },
  { name: "san/email-as-dns", request: () => names(`${good}, DNS:admin@example.com`), ...malformed },
  { name: "san/empty-label", request: () => names(`${good}, DNS:dev7..example.com`), ...malformed },
  {
    name: "san/label-63",
    request: () => names(`${good}, DNS:${"a".repeat(63)}.example.com`),
    near: ["csr.san.malformed"],
  },
  { name: "san/label-64", request: () => names(`${good}, DNS:${"a".repeat(64)}.example.com`), ...malformed },
  { name: "san/hyphen-first", request: () => names(`${good}, DNS:-dev7.example.com`), ...malformed },
  { name: "san/hyphen-inside", request: () => names(`${good}, DNS:dev-7.example.com`), near: ["csr.san.malformed"] },
  { name: "san/underscore", request: () => names(`${good}, DNS:dev_7.example.com`), near: ["csr.san.malformed"] },
  { name: "san/dot-last", request: () => names(`${good}, DNS:dev7.example.com.`), ...malformed },
  {
    name: "san/umlaut",
    request: () => byHandWith("a DNS name with an umlaut", dns("zürich.example.com")),
    ...malformed,
  },
  {
    name: "san/exclamation-mark",
    request: () => names(`${good}, DNS:dev!7.example.com`),
    both: ["warning csr.san.malformed"],
  },
  { name: "san/email-without-at", request: () => names(`${good}, email:admin`), ...malformed },
  { name: "san/email", request: () => names(`${good}, email:admin@example.com`), near: ["csr.san.malformed"] },
  { name: "san/uri-without-scheme", request: () => names(`${good}, URI:dev7.example.com`), ...malformed },
  {
    name: "san/uri",
    request: () => names(`${good}, URI:urn:uuid:3ac2b4d0-0000-4000-8000-000000000007`),
    near: ["csr.san.malformed", "csr.sid.malformed"],
  },
  {
    name: "san/upn",
    request: () => names(`${good}, otherName:1.3.6.1.4.1.311.20.2.3;UTF8:dev7@example.com`),
    near: ["csr.san.malformed"],
  },
  { name: "san/registered-id", request: () => names(`${good}, RID:1.2.3.4`), near: ["csr.san.malformed"] },
  {
    name: "san/no-names",
    request: () =>
      byHand("a subjectAltName without a name", request({ attributes: [goodChallenge, extensionRequest(san())] })),
    ...malformed,
  },
  {
    name: "san/unknown-tag",
    request: () => byHandWith("a GeneralName [12]", tlv(0x8c, Buffer.from("x"))),
    ...malformed,
  },
  { name: "san/twice", request: () => names(`${good}, DNS:Dev7.example.com`), both: ["info csr.san.duplicate"] },
  {
    name: "san/same-text-other-kind",
    request: () => names(`${good}, URI:dev:7, email:a@example.com, email:b@example.com`),
    near: ["csr.san.duplicate"],
  },

  {
    name: "usage/both",
    request: () => names(good, ["keyUsage = critical, digitalSignature, keyEncipherment"]),
    ndes: ["info csr.keyUsage.template"],
  },
  {
    name: "usage/signature",
    request: () => names(good, ["keyUsage = digitalSignature"]),
    ndes: ["info csr.keyUsage.template"],
  },
  {
    name: "usage/encryption",
    request: () => names(good, ["keyUsage = keyEncipherment"]),
    ndes: ["info csr.keyUsage.template"],
  },
  {
    name: "usage/neither",
    request: () => names(good, ["keyUsage = keyAgreement"]),
    ndes: ["warning csr.keyUsage.template"],
  },
  {
    name: "usage/none",
    request: () => names(good, ["basicConstraints = CA:FALSE"]),
    near: ["csr.keyUsage.template", "csr.ca.requested"],
  },
  {
    name: "usage/ca",
    request: () => names(good, ["basicConstraints = critical, CA:TRUE"]),
    both: ["warning csr.ca.requested"],
  },
  {
    name: "usage/ca-with-usages",
    request: () => names(good, ["basicConstraints = CA:TRUE", "keyUsage = keyCertSign, cRLSign"]),
    both: ["warning csr.ca.requested"],
    ndes: ["warning csr.keyUsage.template"],
  },
  {
    name: "usage/crl-sign",
    request: () => names(good, ["keyUsage = digitalSignature, cRLSign"]),
    both: ["warning csr.ca.requested"],
    ndes: ["info csr.keyUsage.template"],
  },
  {
    name: "usage/any-eku",
    request: () => names(good, ["extendedKeyUsage = anyExtendedKeyUsage"]),
    both: ["warning csr.eku.any"],
  },
  {
    name: "usage/any-policy",
    request: () => names(good, ["extendedKeyUsage = 1.3.6.1.4.1.311.10.12.1, serverAuth"]),
    both: ["warning csr.eku.any"],
  },
  {
    name: "usage/empty-eku",
    request: () =>
      byHand(
        "an extKeyUsage without a use",
        request({
          attributes: [goodChallenge, extensionRequest(san(dns("dev7.example.com")), extension("2.5.29.37", seq()))],
        }),
      ),
    both: ["warning csr.eku.any"],
  },
  {
    name: "usage/server",
    request: () => names(good, ["extendedKeyUsage = serverAuth"]),
    near: ["csr.eku.any", "csr.sid.missing"],
  },
  {
    name: "usage/client",
    request: () => names(good, ["extendedKeyUsage = clientAuth"]),
    ndes: ["info csr.sid.missing"],
  },

  {
    name: "sid/uri",
    request: () => sidUri("tag:microsoft.com,2022-09-14:sid:S-1-5-21-1-2-3-1104"),
    both: ["info csr.sid.present"],
    near: ["csr.sid.malformed"],
  },
  {
    name: "sid/uri-of-a-client",
    request: () => sidUri("tag:microsoft.com,2022-09-14:sid:S-1-5-21-1-2-3-1104", ["extendedKeyUsage = clientAuth"]),
    both: ["info csr.sid.present"],
    near: ["csr.sid.missing"],
  },
  {
    name: "sid/uri-of-another-year",
    request: () => sidUri("tag:microsoft.com,2023-09-14:sid:S-1-5-21-1-2-3-1104"),
    both: ["warning csr.sid.malformed"],
  },
  {
    name: "sid/uri-without-sid",
    request: () => sidUri("tag:microsoft.com,2022-09-14:sid:"),
    both: ["warning csr.sid.malformed"],
  },
  {
    name: "sid/uri-in-capitals",
    request: () => sidUri("tag:microsoft.com,2022-09-14:SID:S-1-5-21-1-2-3-1104"),
    both: ["warning csr.sid.malformed"],
  },
  {
    name: "sid/uri-of-somebody-else",
    request: () => sidUri("tag:example.com,2022-09-14:device:7"),
    near: ["csr.sid.present", "csr.sid.malformed"],
  },
  {
    name: "sid/extension",
    request: () =>
      byHand(
        "the security extension of KB5014754",
        request({
          attributes: [
            goodChallenge,
            extensionRequest(san(dns("dev7.example.com")), securityExtension("S-1-5-21-1-2-3-1104")),
          ],
        }),
      ),
    both: ["info csr.sid.present"],
  },
  {
    name: "sid/extension-malformed",
    request: () =>
      byHand(
        "the security extension with other text in it",
        request({
          attributes: [goodChallenge, extensionRequest(san(dns("dev7.example.com")), securityExtension("dev7"))],
        }),
      ),
    both: ["warning csr.sid.malformed"],
  },
];
