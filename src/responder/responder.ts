import { HumanError } from "../core/humanError.js";
import type { CertificateView } from "../core/x509/certificate.js";
import { nodeCrypto } from "../node/nodeCrypto.js";
import type { PasswordSlots } from "./challenges.js";
import { type HttpListener, listen, type ServedRequest, type ServedResponse } from "./httpServer.js";
import { OneTimePasswords } from "./oneTimePasswords.js";
import { type Identity, portProblem } from "./portProblem.js";
import { failureEvent, logLine, type ResponderEvent } from "./responderEvent.js";
import { stateInMemory } from "./responderState.js";
import { SinglePassword } from "./singlePassword.js";
import { stateInFolder } from "./stateFolder.js";
import { answerRequest } from "./website.js";

/** Which server the responder is like. */
export type PersonalityName = "ndes-2022";

/** How a responder is to be. */
export interface ResponderOptions {
  /** 0 for any that is free; 8080 unless told. */
  readonly port?: number;
  /** Where keys, certificates and the running number outlive a restart; without it everything is in memory. */
  readonly folder?: string;
  /** One challenge password for all requests, which never expires; one-time passwords unless told. */
  readonly challenge?: string;
  readonly personality?: PersonalityName;
  /** The clock, for tests. */
  readonly now?: () => Date;
  /** Is given a line for everything that happens; no line holds a challenge or a key. */
  readonly log?: (line: string) => void;
  /** Size of the CA's and RA's RSA keys; 2048 unless told, for faster tests. */
  readonly caKeyBits?: number;
}

/** The certificates of a running responder. */
export interface ResponderCertificates {
  readonly raSigning: CertificateView;
  readonly raEncryption: CertificateView;
  readonly rootCa: CertificateView;
  readonly issuingCa: CertificateView;
}

/** A responder that answers. */
export interface RunningResponder {
  readonly port: number;
  /** `http://127.0.0.1:8080/certsrv/mscep/mscep.dll` */
  readonly url: string;
  /** `http://127.0.0.1:8080/certsrv/mscep_admin/`; each GET of it takes a one-time password. */
  readonly adminUrl: string;
  readonly personality: PersonalityName;
  readonly certificates: ResponderCertificates;
  /** How many passwords the admin page has left to hand out. */
  passwords(): PasswordSlots;
  /** HTTP requests that have arrived so far. */
  requestsSeen(): number;
  /** Calls `listener` for everything that happens, until the returned function is called. */
  onEvent(listener: (event: ResponderEvent) => void): () => void;
  /** Ends all connections and frees the port; may be called twice. */
  stop(): Promise<void>;
}

/**
 * Starts an NDES look-alike with a two-tier CA of its own on 127.0.0.1. Rejects with a HumanError where the port is
 * taken, the folder cannot be used, or the challenge is one that no client could send.
 */
export async function startResponder(options: ResponderOptions = {}): Promise<RunningResponder> {
  const { personality = "ndes-2022", now = () => new Date(), log } = options;
  const challenges =
    options.challenge === undefined
      ? new OneTimePasswords((length) => nodeCrypto.randomBytes(length), now)
      : new SinglePassword(options.challenge);
  const listeners = new Set<(event: ResponderEvent) => void>();
  const report = (event: ResponderEvent): void => {
    log?.(logLine(event));
    for (const listener of listeners) listener(event);
  };
  let requests = 0;
  const listener = await listenOn(
    options.port ?? 8080,
    async (request) => {
      requests++;
      return answerRequest((await opening).site, request);
    },
    (error) => report(failureEvent(now(), error)),
  );
  const { port } = listener;
  const adminUrl = `http://127.0.0.1:${port}/certsrv/mscep_admin/`;

  async function open() {
    const state = options.folder === undefined ? stateInMemory() : await stateInFolder(options.folder);
    const identity: Identity = { product: "SCEP Workbench responder", personality, pid: process.pid };
    const { openSite } = await import("./openSite.js");
    return openSite({
      port: nodeCrypto,
      state,
      challenges,
      now,
      caKeyBits: options.caKeyBits ?? 2048,
      adminUrl,
      identity: JSON.stringify(identity),
      report,
    });
  }

  // The port first: without it the keys, which take a second, would be made for nothing.
  const opening = open();
  try {
    const { raSigning, raEncryption, rootCa, issuingCa } = (await opening).authority;
    return {
      port,
      url: `http://127.0.0.1:${port}/certsrv/mscep/mscep.dll`,
      adminUrl,
      personality,
      certificates: {
        raSigning: raSigning.certificate,
        raEncryption: raEncryption.certificate,
        rootCa: rootCa.certificate,
        issuingCa: issuingCa.certificate,
      },
      passwords: () => challenges.slots(),
      requestsSeen: () => requests,
      onEvent(onEvent) {
        listeners.add(onEvent);
        return () => listeners.delete(onEvent);
      },
      stop: () => listener.close(),
    };
  } catch (error) {
    await listener.close();
    throw error;
  }
}

async function listenOn(
  port: number,
  serve: (request: ServedRequest) => Promise<ServedResponse>,
  onError: (error: unknown) => void,
): Promise<HttpListener> {
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    throw new HumanError(`${port} is no port. Give a number from 1 to 65535, or 0 for any that is free.`);
  }
  try {
    return await listen(port, serve, onError);
  } catch (error) {
    throw await portProblem(port, error);
  }
}
