import { l10n, Uri, window, workspace } from "vscode";
import { writePem } from "../../core/asn1/pem.js";
import { visibleText } from "../../core/asn1/visibleText.js";
import { privateKeyPem } from "../../core/crypto/encryptPrivateKey.js";
import { generateKey } from "../../core/crypto/newKey.js";
import { HumanError } from "../../core/humanError.js";
import { readRequest } from "../../core/pkcs10/request.js";
import { requestOfWishes } from "../../core/pkcs10/requestWishes.js";
import { buildWrongRequest, wrongRequests } from "../../core/pkcs10/wrongRequests.js";
import { nodeCrypto } from "../../node/nodeCrypto.js";
import { obtainChallenge } from "../enroll/obtainChallenge.js";
import { describeFailure, offer, showFailure } from "../failure.js";
import { withNetworkProgress } from "../networkProgress.js";
import { keySpecOf, newDraft, type RequestDraft, wishesOf } from "../newRequest/requestDraft.js";
import { askWhereToSave, fileNameOf, writePrivateFile } from "../savedFile.js";
import { scepServer } from "../servers/scepServer.js";
import type { Services } from "../services.js";
import { notificationText } from "../shownText.js";
import { requireTrust } from "../trust.js";
import { enrollCertificate } from "./enroll.js";

/** What a caller may give to *New Certificate Request…*: with `saveAs` nothing is asked, and the rest has the wizard's defaults. */
export type NewRequestArgument = Partial<Omit<RequestDraft, "title" | "wrong">> & {
  readonly saveAs: Uri;
  /** The name of a wrong request. */
  readonly wrong?: string;
};

/** The files of a new request; a key that exists already is not among them. */
export interface MadeRequest {
  readonly request: Uri;
  readonly key?: Uri;
}

/**
 * *New Certificate Request…*: asks what it is to be, makes the request and its key, saves them where the person says, the
 * key for its owner alone, opens the request and offers to enrol with it. Undefined where the person cancels.
 */
export async function newRequest(services: Services, argument?: unknown): Promise<MadeRequest | undefined> {
  const given = argumentOf(argument);
  const draft = given ? draftOf(given) : await ask(services);
  if (!draft) return undefined;
  // Before a one-time password is taken out of the server's store.
  const target = given?.saveAs ?? (await askWhere(draft));
  const challenge = target ? await challengeOf(services, draft) : undefined;
  if (!target || challenge?.ok !== true) return undefined;
  const { pkcs8, request } = await make(draft, challenge.text);
  const newKey = keySpecOf(draft) ? keyBeside(target) : undefined;
  if (newKey) {
    const passphrase = draft.passphrase === "" ? undefined : draft.passphrase;
    await writePrivateFile(newKey, await privateKeyPem(nodeCrypto, pkcs8, passphrase));
  }
  await workspace.fs.writeFile(target, new TextEncoder().encode(writePem("CERTIFICATE REQUEST", request)));
  await window.showTextDocument(await workspace.openTextDocument(target));
  void announce(services, { request: target, ...(newKey && { key: newKey }) }, request, pkcs8);
  return { request: target, ...(newKey && { key: newKey }) };
}

async function ask(services: Services): Promise<RequestDraft | undefined> {
  const { askForRequest } = await import("../newRequest/newRequestWizard.js");
  return askForRequest(services);
}

function argumentOf(argument: unknown): NewRequestArgument | undefined {
  const { saveAs } = (argument ?? {}) as { readonly saveAs?: unknown };
  return saveAs instanceof Uri ? (argument as NewRequestArgument) : undefined;
}

function draftOf({ saveAs: _target, wrong, ...answers }: NewRequestArgument): RequestDraft {
  const draft: RequestDraft = { ...newDraft("CN=dev1.example.com"), ...answers };
  if (wrong !== undefined) draft.wrong = wrongRequests.find(({ name }) => name === wrong);
  if (wrong !== undefined && !draft.wrong) throw new HumanError(l10n.t("There is no wrong request of that name."));
  return draft;
}

async function challengeOf(
  services: Services,
  { challenge }: RequestDraft,
): Promise<{ readonly ok: true; readonly text?: string } | { readonly ok: false }> {
  if (challenge.kind === "none") return { ok: true };
  if (challenge.kind === "text") return { ok: true, text: challenge.text };
  const { server, kind } = challenge;
  if (kind === "fetch") requireTrust();
  const title = l10n.t("Challenge password of {0}", server.settings.name);
  return withNetworkProgress(title, async (signal, announceStep) => {
    const settings = await scepServer(server.settings);
    return obtainChallenge(services, { challenge: { kind }, server }, settings, signal, announceStep);
  });
}

async function make(
  draft: RequestDraft,
  challenge: string | undefined,
): Promise<{ readonly pkcs8: Uint8Array; readonly request: Uint8Array }> {
  const spec = keySpecOf(draft);
  const pkcs8 = spec
    ? (await generateKey(nodeCrypto, spec)).pkcs8
    : draft.key.kind === "file"
      ? draft.key.pkcs8
      : undefined;
  if (!pkcs8) throw new HumanError(l10n.t("There is no key for the request. Choose one, or let a new one be made."));
  const wishes = wishesOf(draft, challenge);
  const request = draft.wrong
    ? await buildWrongRequest(nodeCrypto, draft.wrong, wishes, pkcs8)
    : await requestOfWishes(nodeCrypto, wishes, pkcs8);
  return { pkcs8, request };
}

function askWhere({ mkrequest, name, request }: RequestDraft): Thenable<Uri | undefined> {
  const commonName = mkrequest ? name : (/\bCN=([^,+/]+)/i.exec(request.subject)?.[1] ?? request.subject);
  const filters = { [l10n.t("Certificate requests")]: ["csr", "req", "p10", "pem"] };
  return askWhereToSave(`${fileNameOf(commonName)}.csr`, filters);
}

function keyBeside(target: Uri): Uri {
  return target.with({ path: target.path.replace(/(\.[^./]*)?$/, ".key") });
}

/** Says what was made, and offers what is usually done next. */
async function announce(services: Services, files: MadeRequest, request: Uint8Array, pkcs8: Uint8Array): Promise<void> {
  const name = baseName(files.request);
  const sentence = files.key
    ? l10n.t("Request made: {0}, and its key {1}, which only you can read.", name, baseName(files.key))
    : l10n.t("Request made: {0}.", name);
  const subject = visibleText(readRequest(request)?.subject.text ?? "", 200);
  const enroll = {
    title: l10n.t("Enroll with…"),
    run: () =>
      enrollCertificate(services, {
        request: { kind: "given", name, request, subject },
        key: { kind: "file", name: files.key ? baseName(files.key) : l10n.t("the request's key"), pkcs8 },
      }),
  };
  try {
    await offer(window.showInformationMessage(notificationText(sentence), enroll.title), [enroll]);
  } catch (error) {
    await showFailure(services.log, describeFailure(error));
  }
}

function baseName(uri: Uri): string {
  return uri.path.slice(uri.path.lastIndexOf("/") + 1);
}
