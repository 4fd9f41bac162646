import { toHex } from "../asn1/hex.js";
import { ownBytes, sameBytes } from "../asn1/octets.js";
import { rsaModulus } from "../crypto/rsaKey.js";
import { readRequest } from "../pkcs10/request.js";
import { parseCapabilities } from "../scep/capabilities.js";
import { readPkiMessage } from "../scep/pkiMessage.js";
import { readSignedData } from "../cms/signedData.js";
import { type Artifact, readAlready } from "./artifact.js";
import type { CandidateKey, InspectContext, RequestOfResponse } from "./context.js";
import { exchangeParts, operationOf } from "./exchangeParts.js";
import { keysIn } from "./keysIn.js";
import { knownRoles } from "./knownCertificates.js";
import { lessonOf, longestLesson, type SentMessage, saysNothing } from "./messageLesson.js";
import { openEnvelope } from "./pkiMessageParts.js";

/** What is remembered of a conversation at most; of each kind the oldest is forgotten first. */
export const conversationLimits = {
  /** Servers, told apart by their URL without its query. */
  servers: 64,
  /** Certificates of one server, and certificates that came by themselves. */
  certificates: 200,
  keys: 100,
  /** Octets of a key or a PKCS #12 container. */
  keyFileLength: 256 * 1024,
  /** Requests in clear that lie about. */
  requests: 500,
  /** Transactions, and messages of one transaction that a reply may answer. */
  transactions: 5000,
  messages: 8,
  /** Octets of one message or request that are kept; an enrolment's has some 3,000. */
  messageLength: longestLesson,
} as const;

/** What one server said of itself. */
interface ServerKnowledge {
  readonly certificates: readonly Uint8Array[];
  readonly capabilities?: readonly string[];
}

/** The request inside a transaction's messages, and how much was known when it was looked for. */
interface InnerRequest {
  readonly pkcs10: Uint8Array | undefined;
  readonly knowledge: number;
}

/**
 * What the artifacts of one place (a capture, a folder, a log, several files) say about one another. `learn` takes an
 * artifact in, `contextFor` says what is known around one: of a server its certificates and capabilities, of a reply the
 * request that it answers, and every key, certificate and request that was seen. What is in memory as a whole is learned
 * first and inspected then, so that order does not matter; a stream is learned and inspected as it comes. Memory is
 * bounded by {@link conversationLimits}.
 */
export class Conversation {
  readonly #servers = new Map<string, ServerKnowledge>();
  /** Of each server the last answer to GetCACert, as it came. */
  readonly #answers = new Map<string, Uint8Array>();
  readonly #certificates = new Map<string, Uint8Array>();
  readonly #keys = new Map<string, CandidateKey>();
  /** Keys and containers that were seen and not opened yet. */
  readonly #keyFiles: Artifact[] = [];
  /** Requests in clear by their public key. */
  readonly #requests = new Map<string, Uint8Array>();
  readonly #transactions = new Map<string, readonly SentMessage[]>();
  readonly #inner = new Map<string, InnerRequest>();
  /** Capabilities that came without an exchange around them; of nobody where there is more than one answer. */
  #capabilities: readonly (readonly string[])[] = [];
  /** Counts what may open a message or name a role: while it stands still, nothing has to be worked out anew. */
  #knowledge = 0;
  readonly #composed = new Map<string, { readonly knowledge: number; readonly certificates: readonly Uint8Array[] }>();
  #allKeys: readonly CandidateKey[];

  /** @param base what is known beside the conversation, and goes before what is learned */
  constructor(readonly base: InspectContext) {
    this.#allKeys = base.keys;
  }

  /** Takes in what an artifact says to others. Never throws; looks at an artifact's outside and decrypts nothing. */
  learn(artifact: Artifact): void {
    switch (artifact.kind) {
      case "httpExchange": {
        const { exchange } = artifact;
        const operation = artifact.operation ?? operationOf(exchange);
        const { sent, received } = exchangeParts(exchange, operation);
        if (sent) this.learn(sent);
        if (received) this.#learnFromServer(received, operation, serverOf(exchange.request.url));
        return;
      }
      case "certificate":
        return this.#addCertificates([artifact.bytes]);
      case "certsOnly":
        return this.#addCertificates(certificatesIn(artifact.bytes));
      case "privateKey":
      case "pkcs12":
        return this.#addKeyFile(artifact);
      case "request":
        return this.#addRequest(artifact.bytes);
      case "pkiMessage":
        return this.#addMessage(artifact);
      case "caCapabilities":
        if (this.#capabilities.length < 2)
          this.#capabilities = [...this.#capabilities, capabilityWords(artifact.bytes)];
        return;
      default:
        return;
    }
  }

  /** What is known around an artifact; takes nothing in. */
  async contextFor(artifact: Artifact): Promise<InspectContext> {
    await this.#openKeyFiles();
    const server = artifact.kind === "httpExchange" ? serverOf(artifact.exchange.request.url) : undefined;
    const knownServer = server === undefined ? undefined : this.#servers.get(server);
    const capabilities = this.base.capabilities ?? knownServer?.capabilities ?? this.#looseCapabilities();
    const context: InspectContext = {
      ...this.base,
      keys: this.#allKeys,
      certificates: this.#certificatesFor(knownServer ? server : undefined),
      ...(capabilities && { capabilities }),
      ...(isKey(artifact) && { requests: [...(this.base.requests ?? []), ...this.#requests.values()] }),
    };
    const transaction = this.base.request ? undefined : this.#messageOf(artifact);
    if (!transaction) return context;
    const { transactionID, message } = transaction;
    const { clientCertificates: others = [] } = this.base;
    const clientCertificates = others.length === 0 ? message.certificates : [...message.certificates, ...others];
    const within = { ...context, clientCertificates };
    const pkcs10 = await this.#innerRequest(transactionID, within);
    const request: RequestOfResponse = {
      transactionID,
      senderNonce: message.senderNonce,
      renewal: message.renewal,
      ...(pkcs10 && { pkcs10 }),
    };
    return { ...within, request };
  }

  #learnFromServer(received: Artifact, operation: string | undefined, server: string): void {
    const known = this.#servers.get(server);
    if (received.kind === "caCapabilities") {
      this.#setServer(server, {
        certificates: known?.certificates ?? [],
        capabilities: capabilityWords(received.bytes),
      });
    } else if (/^GetCACert$/i.test(operation ?? "")) {
      // Every client asks for the same; it is read when it differs from the last.
      const last = this.#answers.get(server);
      if (known && last && sameBytes(last, received.bytes)) return;
      remember(this.#answers, server, ownBytes(received.bytes), conversationLimits.servers);
      const certificates = received.kind === "certificate" ? [received.bytes] : certificatesIn(received.bytes);
      if (certificates.length > 0) this.#setServer(server, { ...known, certificates: certificates.map(ownBytes) });
    } else {
      this.learn(received);
    }
  }

  #setServer(server: string, knowledge: ServerKnowledge): void {
    const known = this.#servers.get(server)?.certificates ?? [];
    const { certificates } = knowledge;
    const same =
      known.length === certificates.length && known.every((der, i) => sameBytes(der, certificates[i] ?? der));
    if (!same) this.#knowledge++;
    remember(
      this.#servers,
      server,
      same ? { ...knowledge, certificates: known } : knowledge,
      conversationLimits.servers,
    );
  }

  #addCertificates(certificates: readonly Uint8Array[]): void {
    for (const der of certificates.slice(0, conversationLimits.certificates)) {
      const id = toHex(der);
      if (der.length > conversationLimits.messageLength || this.#certificates.has(id)) continue;
      this.#knowledge++;
      remember(this.#certificates, id, ownBytes(der), conversationLimits.certificates);
    }
  }

  /** A key is opened when it is asked for: that takes time, and passphrases. */
  #addKeyFile(artifact: Artifact): void {
    if (artifact.bytes.length > conversationLimits.keyFileLength || this.#keyFiles.length >= conversationLimits.keys)
      return;
    // What was read already would keep the whole input.
    this.#keyFiles.push({ ...artifact, bytes: ownBytes(artifact.bytes), [readAlready]: undefined });
  }

  async #openKeyFiles(): Promise<void> {
    for (let artifact = this.#keyFiles.shift(); artifact; artifact = this.#keyFiles.shift()) {
      const { keys, certificates } = await keysIn(this.base.crypto, artifact, this.base.passwords ?? []);
      this.#addCertificates(certificates);
      for (const { name, pkcs8 } of keys) {
        const id = toHex(pkcs8);
        if (this.#keys.has(id)) continue;
        this.#knowledge++;
        remember(this.#keys, id, { name, pkcs8: ownBytes(pkcs8) }, conversationLimits.keys);
        this.#allKeys = [...this.base.keys, ...this.#keys.values()];
      }
    }
  }

  #addRequest(bytes: Uint8Array): void {
    const view = bytes.length <= conversationLimits.messageLength ? readRequest(bytes) : undefined;
    if (!view) return;
    this.#knowledge++;
    remember(this.#requests, keyId(view.spki), ownBytes(bytes), conversationLimits.requests);
  }

  #addMessage(artifact: Artifact): void {
    const { transactionID, message } = lessonOf(artifact);
    if (transactionID === undefined || !message) return;
    const earlier = (this.#transactions.get(transactionID) ?? []).filter(
      (other) => other.senderNonce !== message.senderNonce,
    );
    const kept = [...earlier, message].slice(-conversationLimits.messages);
    this.#inner.delete(transactionID);
    remember(this.#transactions, transactionID, kept, conversationLimits.transactions);
  }

  #looseCapabilities(): readonly string[] | undefined {
    return this.#capabilities.length === 1 ? this.#capabilities[0] : undefined;
  }

  /** The certificates of a server, or of all where nobody says which it is, and those that came by themselves. */
  #certificatesFor(server: string | undefined): readonly Uint8Array[] {
    const composed = this.#composed.get(server ?? "");
    if (composed?.knowledge === this.#knowledge) return composed.certificates;
    const of = server === undefined ? [...this.#servers.values()] : [this.#servers.get(server)];
    const certificates = [
      ...this.base.certificates,
      ...of.flatMap((known) => known?.certificates ?? []),
      ...this.#certificates.values(),
    ];
    const distinct = [...new Map(certificates.map((der) => [toHex(der), der])).values()];
    remember(
      this.#composed,
      server ?? "",
      { knowledge: this.#knowledge, certificates: distinct },
      conversationLimits.servers,
    );
    return distinct;
  }

  /** The client's message that an artifact is, holds or answers: of a transaction the one whose nonce comes back, else the last. */
  #messageOf(artifact: Artifact): { transactionID: string; message: SentMessage } | undefined {
    const carried = scepMessageIn(artifact);
    const { transactionID, nonce } = carried ? lessonOf(carried) : saysNothing;
    const messages = transactionID === undefined ? undefined : this.#transactions.get(transactionID);
    const message = messages?.find(({ senderNonce }) => senderNonce === nonce) ?? messages?.at(-1);
    return transactionID !== undefined && message ? { transactionID, message } : undefined;
  }

  /** The PKCS#10 request of a transaction: out of its envelope, or one that lies about in clear and has the signer's key. */
  async #innerRequest(transactionID: string, context: InspectContext): Promise<Uint8Array | undefined> {
    // Neither could it be opened, nor does one lie about.
    if (context.keys.length === 0 && this.#requests.size === 0) return undefined;
    const found = this.#inner.get(transactionID);
    if (found && (found.pkcs10 || found.knowledge === this.#knowledge)) return found.pkcs10;
    const knowledge = this.#knowledge;
    const messages = this.#transactions.get(transactionID)?.filter(({ der }) => der !== undefined) ?? [];
    let pkcs10: Uint8Array | undefined;
    for (const message of messages.toReversed()) pkcs10 ??= await this.#requestIn(message, context);
    remember(this.#inner, transactionID, { pkcs10, knowledge }, conversationLimits.transactions);
    return pkcs10;
  }

  async #requestIn({ der, renewal }: SentMessage, context: InspectContext): Promise<Uint8Array | undefined> {
    const view = der && readPkiMessage(der);
    if (!view) return undefined;
    if (view.envelope && context.keys.length > 0) {
      const candidates = knownRoles(context).map(({ certificate }) => certificate);
      const { content } = await openEnvelope(view.envelope, context, candidates);
      if (content && readRequest(content)) return content;
    }
    const signer = view.signedData.certificates[0];
    // The signer of a first request is self-signed with the very key that a certificate is asked for (RFC 8894 §2.3).
    return signer && !renewal ? this.#requests.get(keyId(signer.spki)) : undefined;
  }
}

/** The artifact of the SCEP message that an artifact is, or that an exchange carries: the client's, else the server's. */
function scepMessageIn(artifact: Artifact): Artifact | undefined {
  if (artifact.kind === "pkiMessage") return artifact;
  if (artifact.kind !== "httpExchange") return undefined;
  const { sent, received } = exchangeParts(artifact.exchange, artifact.operation);
  return [sent, received].find((part) => part?.kind === "pkiMessage");
}

/** Only a key is compared with every request; a capture's other messages need not carry the list around. */
function isKey({ kind }: Artifact): boolean {
  return kind === "privateKey" || kind === "pkcs12";
}

/** Names a public key: an RSA key by its modulus, for its parameters are written in two ways (RFC 3279 §2.3.1). */
function keyId(spki: Uint8Array): string {
  return toHex(rsaModulus(spki) ?? spki);
}

function serverOf(url: string): string {
  return (url.split("?")[0] ?? url).slice(0, 2000);
}

function certificatesIn(bytes: Uint8Array): readonly Uint8Array[] {
  return (readSignedData(bytes)?.certificates ?? []).map(({ der }) => der);
}

function capabilityWords(bytes: Uint8Array): readonly string[] {
  const { known, unknown } = parseCapabilities(new TextDecoder("latin1").decode(bytes.subarray(0, 4096)));
  return [...known, ...unknown];
}

/** Puts an entry behind the others and drops the oldest ones over the limit. */
function remember<K, V>(map: Map<K, V>, key: K, value: V, most: number): void {
  map.delete(key);
  map.set(key, value);
  for (const oldest of map.keys()) {
    if (map.size <= most) return;
    map.delete(oldest);
  }
}
