import { l10n, Uri, window, workspace } from "vscode";
import { oid } from "../../core/asn1/oids.js";
import { readPem, writePem } from "../../core/asn1/pem.js";
import { isPrintableString } from "../../core/asn1/strings.js";
import { writeSscepConf } from "../../core/config/sscepServer.js";
import { writeRequestScript } from "../../core/config/writeRequestScript.js";
import { readRequest, type RequestView } from "../../core/pkcs10/request.js";
import { askWhereToSave } from "../savedFile.js";
import { pickServer } from "../servers/pickServer.js";
import type { Server } from "../servers/server.js";
import type { Services } from "../services.js";

/**
 * *Export as sscep.conf…*: a configuration for sscep with a server's address and algorithms; beside it the server's RA
 * certificates where it has been asked for them, under the names that the configuration gives them. A caller may say
 * where: `exportSscepConf({ server }, uri)`. Gives the configuration's place.
 */
export async function exportSscepConf(services: Services, argument?: unknown, to?: unknown): Promise<Uri | undefined> {
  const server = await pickServer(services, argument, l10n.t("The server to write an sscep.conf for"));
  if (!server) return undefined;
  const uri =
    to instanceof Uri ? to : await askWhereToSave("sscep.conf", { [l10n.t("sscep configurations")]: ["conf"] });
  if (!uri) return undefined;
  const certificates = certificateFiles(services, server);
  const { url, caIdentifier, contentEncryption, digest } = server.settings;
  const text = writeSscepConf({
    url,
    caIdentifier,
    ...(contentEncryption !== "auto" && { contentEncryption }),
    ...(digest !== "auto" && { digest }),
    caCertFile: certificates.verification?.name ?? "./ca.crt",
    ...(certificates.encryption && { encCertFile: certificates.encryption.name }),
  });
  const files = [certificates.verification, certificates.encryption].filter((file) => file !== undefined);
  if (
    !(await mayOverwrite(
      uri,
      files.map(({ name }) => name),
    ))
  )
    return undefined;
  await workspace.fs.writeFile(uri, new TextEncoder().encode(text));
  for (const { name, der } of files) {
    await workspace.fs.writeFile(Uri.joinPath(uri, "..", name), new TextEncoder().encode(writePem("CERTIFICATE", der)));
  }
  await window.showTextDocument(uri);
  return uri;
}

interface CertificateFile {
  readonly name: string;
  readonly der: Uint8Array;
}

/** The certificates that sscep needs, as the server showed them: one for both where an RA has but one, or none. */
function certificateFiles(
  services: Services,
  server: Server,
): { readonly verification?: CertificateFile; readonly encryption?: CertificateFile } {
  const { caCert } = services.servers.knowledge(server);
  if (caCert?.ok !== true) return {};
  const { signing, encryption } = caCert.ca;
  return {
    ...(signing && { verification: { name: "ra-signing.crt", der: signing.der } }),
    ...(encryption && { encryption: { name: "ra-encryption.crt", der: encryption.der } }),
  };
}

/** The dialog has asked about the configuration itself already. */
async function mayOverwrite(uri: Uri, names: readonly string[]): Promise<boolean> {
  const entries = await workspace.fs.readDirectory(Uri.joinPath(uri, ".."));
  const there = names.filter((name) => entries.some(([entry]) => entry === name));
  if (there.length === 0) return true;
  const overwrite = l10n.t("Overwrite");
  const question = l10n.t("{0} exists already beside it.", there.join(", "));
  return (await window.showWarningMessage(question, { modal: true }, overwrite)) === overwrite;
}

/**
 * *Export as mkrequest Script*: a script that makes key and request with OpenSSL as NDES wants them, in a new editor; with the
 * subject and the key size of the request that is open, where one is.
 */
export async function exportRequestScript(): Promise<void> {
  const request = openRequest();
  const parts = request?.subject.attributes.filter(({ oid: type }) => type !== oid.commonName) ?? [];
  const content = writeRequestScript({
    subject: parts.map(({ typeName, text }) => ({ type: typeName, value: text })),
    keyBits: Math.max(request?.publicKey.bits ?? 0, smallestKey),
    // PrintableString for the challenge, and UTF-8 where the subject has letters beyond ASCII.
    stringMask: parts.every(({ text }) => isPrintableString(text)) ? "nombstr" : "MASK:0x2002",
  });
  await window.showTextDocument(await workspace.openTextDocument({ language: "shellscript", content }));
}

/** Bits of the smallest RSA key that NDES's templates take. */
const smallestKey = 2048;

function openRequest(): RequestView | undefined {
  const blocks = readPem(window.activeTextEditor?.document.getText() ?? "");
  const block = blocks.find(({ label }) => label.endsWith("CERTIFICATE REQUEST"));
  return block && readRequest(block.der);
}
