import * as tls from "node:tls";
import { readPem, writePem } from "../../core/asn1/pem.js";
import type { TlsPeer } from "../../core/scep/transport.js";
import { readCertificate } from "../../core/x509/certificate.js";

/** The extra trusted certificates cannot be read. */
class TlsCaFileError extends Error {
  readonly code = "TLS_CA_FILE";
}

/**
 * The options of a TLS connection that trusts what the host trusts and, beside it, the certificates of a PEM text. A
 * certificate in it that is no root is trusted all the same, so that a server's own may be named.
 *
 * @throws an Error with the code TLS_CA_FILE where the text holds no certificate
 */
export function trustOptions(extraPem: string | undefined): tls.SecureContextOptions {
  if (extraPem === undefined) return {};
  return { ca: [...hostCertificates(), ...readableCertificates(extraPem)], allowPartialTrustChain: true };
}

/** What is kept of the server at the other end, and the names in its certificate (hostile text) for an error's words. */
export function describePeer(
  socket: tls.TLSSocket,
): { readonly peer: TlsPeer; readonly names: { readonly subject: string; readonly issuer: string } } | undefined {
  const certificate = socket.getPeerCertificate();
  if (!(certificate?.raw instanceof Uint8Array)) return undefined;
  return {
    peer: {
      protocol: socket.getProtocol() ?? "",
      cipher: socket.getCipher().standardName,
      certificate: Uint8Array.from(certificate.raw),
      authorized: socket.authorized,
    },
    names: { subject: nodeName(certificate.subject), issuer: nodeName(certificate.issuer) },
  };
}

/** The certificates of a PEM text, one by one; Node itself passes over what it cannot read without a word. */
function readableCertificates(pem: string): readonly string[] {
  const certificates = readPem(pem)
    .filter(({ label, der }) => label.endsWith("CERTIFICATE") && readCertificate(der))
    .map(({ der }) => writePem("CERTIFICATE", der));
  if (certificates.length === 0) throw new TlsCaFileError("no certificate in PEM");
  return certificates;
}

/** What the host trusts without being told: with Node 22.15 and later that includes NODE_EXTRA_CA_CERTS. */
function hostCertificates(): readonly string[] {
  return typeof tls.getCACertificates === "function" ? tls.getCACertificates("default") : tls.rootCertificates;
}

/** The common name of a name as Node gives it, else its organisation. */
function nodeName(name: tls.Certificate | undefined): string {
  return [name?.CN ?? name?.O ?? "a nameless CA"].flat().join(", ");
}
