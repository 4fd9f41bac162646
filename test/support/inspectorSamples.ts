import { copyFile, mkdir, mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { type SessionEntry, writeSession } from "../../src/core/inspect/sessionFile.js";
import { inspectTransaction } from "../../src/core/inspect/transaction.js";
import { readAdminPage } from "../../src/core/ndes/adminPage.js";
import { hresult } from "../../src/core/ndes/hresult.js";
import { enroll } from "../../src/core/scep/client.js";
import type { EnrollmentOutcome } from "../../src/core/scep/enrollment.js";
import type { NewRequest } from "../../src/core/scep/enrollmentRequest.js";
import { serverWithDefaults } from "../../src/core/scep/server.js";
import { createHttpTransport } from "../../src/node/http/httpTransport.js";
import { nodeCrypto } from "../../src/node/nodeCrypto.js";
import { type RunningResponder, startResponder } from "../../src/responder/responder.js";
import { clientKey } from "./clientMessage.js";
import { get } from "./httpExchange.js";
import { contextWith } from "./inspection.js";
import { links, packetOf, pcapngSection } from "./packetWriter.js";
import { talkOf } from "./scepTraffic.js";
import { largeCrl } from "./largeCrl.js";
import { projectRoot } from "./workbench.js";

/** Files for an inspector, each of a kind of its own. */
export interface InspectorSamples {
  /** A folder with nothing else in it. */
  readonly folder: string;
  /** An enrolment that was issued: three exchanges. */
  readonly success: "issued.scepsession";
  /** A refusal by NDES. */
  readonly failure: "refused-CertRep.der";
  /** Four enrolments, three of them refused for different causes: twelve exchanges. */
  readonly twelve: "twelve.scepsession";
  /** The same, as it went over the wire. */
  readonly capture: "enrolments.pcapng";
  /** The reply of the first, without its last two fifths. */
  readonly cut: "cut-CertRep.der";
  /** A list of 4 MB. */
  readonly large: "large.crl";
  /** A request whose challenge stands in it in clear, and the challenge. */
  readonly request: "request.csr";
  readonly challenge: string;
  /** Bytes that are no message. */
  readonly other: "other.bin";
}

/** Enrols against a local responder and writes what was seen into a folder of its own. */
export async function inspectorSamples(): Promise<InspectorSamples> {
  const folder = path.join(await mkdtemp(path.join(tmpdir(), "scep-workbench-inspector-")), "captures");
  await mkdir(folder);
  const responder = await startResponder({ port: 0, caKeyBits: 2048 });
  try {
    const challenge = await oneTimePassword(responder);
    const issued = await enrolment(responder, "dev7.example.com", { text: challenge });
    const others = [
      await enrolment(responder, "printer3.example.com", { text: challenge }),
      await enrolment(responder, "tablet12.example.com", {
        text: await oneTimePassword(responder),
        stringType: "UTF8String",
      }),
      await enrolment(responder, "router1.example.com", { text: "0123456789ABCDEF" }),
    ];
    const reply = issued.outcome.record.exchange?.response?.body;
    const request = issued.outcome.record.transaction?.request;
    if (!reply || !request) throw new Error("The responder did not answer an enrolment.");
    await copyFile(
      path.join(projectRoot, "samples/workspace/refused-CertRep.der"),
      path.join(folder, "refused-CertRep.der"),
    );
    const write = (name: string, content: Uint8Array | string): Promise<void> =>
      writeFile(path.join(folder, name), content);
    await write("issued.scepsession", [...writeSession([issued.entry], { showSecrets: false })].join(""));
    const entries = [issued, ...others].map(({ entry }) => entry);
    await write("twelve.scepsession", [...writeSession(entries, { showSecrets: false })].join(""));
    await write("enrolments.pcapng", captureOf([issued, ...others].map(({ outcome }) => outcome)));
    await write("cut-CertRep.der", reply.subarray(0, Math.floor(reply.length * 0.6)));
    await write("large.crl", largeCrl(100_000));
    await write("request.csr", request);
    await write(
      "other.bin",
      Uint8Array.from({ length: 700 }, (_, i) => (i * 197 + 131) & 0xff),
    );
    return {
      folder,
      success: "issued.scepsession",
      failure: "refused-CertRep.der",
      twelve: "twelve.scepsession",
      capture: "enrolments.pcapng",
      cut: "cut-CertRep.der",
      large: "large.crl",
      request: "request.csr",
      challenge,
      other: "other.bin",
    };
  } finally {
    await responder.stop();
  }
}

/** A capture of enrolments, each over a connection of its own, a second after the one before. */
function captureOf(outcomes: readonly EnrollmentOutcome[]): Uint8Array {
  const [linkType, frame] = links["Ethernet"] ?? [1, (ip: Uint8Array) => Buffer.from(ip)];
  const packets = outcomes.flatMap(({ record }, index) => {
    const exchanges = [record.caps?.exchange, record.caCert?.exchange, record.exchange];
    const known = exchanges.filter((exchange) => exchange !== undefined);
    const start = Date.UTC(2026, 10, 22, 14, 2, 11 + index) * 1000;
    const talk = talkOf(known, { client: { address: "10.0.0.2", port: 40_000 + index }, start });
    return talk.segments.map((segment) => ({ time: segment.time, frame: frame(packetOf(segment)) }));
  });
  return pcapngSection(packets, { linkType });
}

async function oneTimePassword(responder: RunningResponder): Promise<string> {
  return readAdminPage((await get(responder.adminUrl)).body)?.password ?? "";
}

async function enrolment(
  responder: RunningResponder,
  name: string,
  challenge: NonNullable<NewRequest["challenge"]>,
): Promise<{ readonly entry: SessionEntry; readonly outcome: EnrollmentOutcome }> {
  const outcome = await enroll(
    {
      server: serverWithDefaults(responder.url, "NDES Lab"),
      request: { kind: "new", subject: `CN=${name}`, key: (await clientKey()).pkcs8, challenge },
    },
    { transport: createHttpTransport(), crypto: nodeCrypto, explainHresult: hresult },
  );
  const report = await inspectTransaction({ outcome, serverName: "NDES Lab" }, contextWith());
  return { entry: { title: report.title, at: new Date(), reports: [report] }, outcome };
}
