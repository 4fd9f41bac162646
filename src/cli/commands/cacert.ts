import { toHex } from "../../core/asn1/hex.js";
import { writePem } from "../../core/asn1/pem.js";
import { visibleText } from "../../core/asn1/visibleText.js";
import { roleWords } from "../../core/inspect/describe/certificateWords.js";
import { getCaCert } from "../../core/scep/caInformation.js";
import type { CertificateView } from "../../core/x509/certificate.js";
import type { RoleAssignment } from "../../core/x509/roles.js";
import { createHttpTransport } from "../../node/http/httpTransport.js";
import { nodeCrypto } from "../../node/nodeCrypto.js";
import { readArguments } from "../arguments.js";
import { exitStatus, type ExitStatus } from "../exitStatus.js";
import { prepareOutput, writeOutput } from "../files.js";
import { saveExchanges } from "../saveExchange.js";
import { serverOf, serverOptions } from "../serverArguments.js";
import type { Terminal } from "../terminal.js";

/** `cacert URL`: each certificate with its role and its fingerprints. */
export async function cacert(args: readonly string[], terminal: Terminal): Promise<ExitStatus> {
  const { values, positionals } = readArguments("cacert", args, {
    ...serverOptions,
    out: { type: "string" },
    force: { type: "boolean" },
  });
  const server = await serverOf("cacert", positionals, values);
  if (values.out !== undefined) await prepareOutput(values.out, { overwrite: values.force === true });
  const result = await getCaCert(server, { transport: createHttpTransport(), signal: terminal.signal });
  const { exchange } = result;
  if (values["save-exchange"] !== undefined) {
    await saveExchanges(values["save-exchange"], [{ operation: "GetCACert", exchange }]);
  }
  if (values.json) {
    const { printExchanges } = await import("../exchangeReports.js");
    await printExchanges(terminal, [{ operation: "GetCACert", exchange }]);
  }
  if (!result.ok) {
    await terminal.err(`scep-workbench: ${result.sentence}\n`);
    return exitStatus.impossible;
  }
  const { roles } = result.ca;
  if (values.out !== undefined) {
    await writeOutput(values.out, roles.map(({ certificate }) => writePem("CERTIFICATE", certificate.der)).join(""));
  }
  if (!values.json) {
    const blocks = await Promise.all(roles.map(describe));
    await terminal.out(`${blocks.join("\n")}\n${result.sentence}\n`);
  }
  return exitStatus.done;
}

async function describe({ certificate, role }: RoleAssignment): Promise<string> {
  const { der, subject, issuer, serialNumber, publicKey } = certificate;
  const [md5, sha1, sha256] = await Promise.all(
    (["MD5", "SHA-1", "SHA-256"] as const).map(async (digest) =>
      toHex(await nodeCrypto.digest(digest, der)).toUpperCase(),
    ),
  );
  const size = publicKey.curve ?? (publicKey.bits === undefined ? "" : String(publicKey.bits));
  return [
    `${roleWords[role]}: ${visibleText(subject.text, 300)}`,
    `  issuer   ${visibleText(issuer.text, 300)}`,
    `  serial   ${groups(serialNumber, 2, ":")}`,
    `  valid    ${validity(certificate)}`,
    `  key      ${`${publicKey.algorithm} ${size}`.trim()}`,
    // NDES's admin page shows the MD5 thumbprint in groups of eight digits.
    `  MD5      ${groups(md5 ?? "", 8, " ")}`,
    `  SHA-1    ${groups(sha1 ?? "", 2, ":")}`,
    `  SHA-256  ${groups(sha256 ?? "", 2, ":")}`,
    "",
  ].join("\n");
}

function groups(hex: string, size: number, separator: string): string {
  return (hex.match(new RegExp(`.{1,${size}}`, "g")) ?? []).join(separator);
}

function validity({ notBefore, notAfter }: CertificateView): string {
  const day = (date: Date | undefined): string => date?.toISOString().slice(0, 10) ?? "an unreadable time";
  return `${day(notBefore)} to ${day(notAfter)}`;
}
