import { readBer } from "../asn1/berReader.js";
import { headerValue, type HttpExchange } from "../scep/transport.js";
import { classify } from "./classify.js";

/** The operations of SCEP, in URLs and those of its drafts (RFC 8894 §4.1). */
const operations = /[?&]operation=(?:GetCACaps|GetCACert|GetCACertChain|GetNextCACert|GetCRL|PKIOperation)\b/i;

/** NDES's two applications. */
const ndesPath = /\/mscep(?:_admin)?(?:\/|$|\?)/i;

/** Media types of SCEP, certificates, CRLs, CMS and OCSP. */
const mediaTypes = /x-pki-message|x-x509|pkix-|pkcs|ocsp-re|timestamp-|x-pem/i;

const begin = new TextEncoder().encode("-----BEGIN ");

/**
 * Whether an exchange out of other traffic is one that this program is about: SCEP by its URL or media type, NDES's pages,
 * or a body that holds something of a PKI (a CRL, a certificate, an OCSP answer).
 */
export function isOfPki({ request, response }: HttpExchange): boolean {
  if (operations.test(request.url) || ndesPath.test(request.url)) return true;
  const types = [
    Object.entries(request.headers).find(([name]) => name.toLowerCase() === "content-type")?.[1],
    response && headerValue(response, "Content-Type"),
  ];
  if (types.some((type) => type !== undefined && mediaTypes.test(type))) return true;
  return holdsPki(request.body) || holdsPki(response?.body);
}

function holdsPki(body: Uint8Array | undefined): boolean {
  if (!body || body.length === 0) return false;
  if (body[0] === 0x30) {
    const root = readBer(body);
    const kind = root && classify(root);
    return kind !== undefined && kind !== "asn1";
  }
  return body[0] === 0x2d && begin.every((octet, index) => body[index] === octet);
}
