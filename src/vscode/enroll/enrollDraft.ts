import { l10n } from "vscode";
import type { LockedKey } from "../requests/requestKey.js";
import type { Services } from "../services.js";
import type { Server } from "../servers/server.js";
import {
  type ChallengePlan,
  type ChallengeStringType,
  defaultChallenge,
  type EnrollPlan,
  type KeyPlan,
  type RequestPlan,
} from "./enrollPlan.js";

/** The answers so far. Every page finds a default in them and leaves its answer there. */
export interface EnrollDraft {
  /** The title of every page. */
  readonly title: string;
  server: Server | undefined;
  request: RequestPlan;
  key: KeyPlan;
  /** The key beside a request that exists, where it is encrypted. */
  lockedKey: LockedKey | undefined;
  challenge: ChallengePlan | undefined;
  stringType: ChallengeStringType;
  contentEncryption: EnrollPlan["contentEncryption"];
  digest: EnrollPlan["digest"];
}

/** The title of every page. */
export function wizardTitle(): string {
  return l10n.t("Enroll Certificate");
}

/** The plan that a draft stands for; undefined while it has no server. */
export async function finishedPlan(services: Services, draft: EnrollDraft): Promise<EnrollPlan | undefined> {
  const { server, request, key, stringType, contentEncryption, digest } = draft;
  if (!server) return undefined;
  const challenge =
    request.kind === "given"
      ? { kind: "none" as const }
      : (draft.challenge ?? (await assumedChallenge(services, server)));
  return {
    server,
    request,
    key,
    challenge,
    stringType,
    ...(contentEncryption && { contentEncryption }),
    ...(digest && { digest }),
  };
}

/** The challenge of somebody who was not asked for one. */
async function assumedChallenge(services: Services, server: Server): Promise<ChallengePlan> {
  const stored = (await services.vault.challenge(server.settings.url)) !== undefined;
  const kind = defaultChallenge(server, stored);
  return kind === "text" ? { kind: "none" } : { kind };
}
