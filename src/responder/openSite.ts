import { toHex } from "../core/asn1/hex.js";
import type { CryptoPort } from "../core/crypto/cryptoPort.js";
import { openAuthority } from "./authorityFile.js";
import type { Authority } from "./certificateAuthority.js";
import type { Challenges } from "./challenges.js";
import type { ResponderEvent } from "./responderEvent.js";
import type { ResponderState } from "./responderState.js";
import { createScepService } from "./scepService.js";
import type { Site } from "./website.js";

/** What {@link openSite} puts together. */
export interface SiteParts {
  readonly port: CryptoPort;
  readonly state: ResponderState;
  readonly challenges: Challenges;
  readonly now: () => Date;
  readonly caKeyBits: number;
  readonly adminUrl: string;
  readonly identity: string;
  readonly report: (event: ResponderEvent) => void;
}

/** Opens the authority and puts the services in front of it. Loaded on first use: the builders behind it are heavy. */
export async function openSite(parts: SiteParts): Promise<{ readonly site: Site; readonly authority: Authority }> {
  const { port, state, challenges, now, report, adminUrl, identity } = parts;
  const authority = await openAuthority(port, state, now(), parts.caKeyBits);
  const service = createScepService({ port, authority, challenges, state, now }, report);
  // The published example of a two-tier NDES finds the root's thumbprint on the admin page, not the issuing CA's.
  const thumbprint = toHex(await port.digest("MD5", authority.rootCa.certificate.der));
  return { site: { service, challenges, thumbprint, adminUrl, identity, report, now }, authority };
}
