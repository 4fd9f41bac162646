import { adminPage } from "./adminPage.js";
import type { Challenges } from "./challenges.js";
import { errorResponse, htmlResponse, type ServedRequest, type ServedResponse } from "./httpServer.js";
import type { ResponderEvent } from "./responderEvent.js";
import { routeOf } from "./route.js";
import type { ScepService } from "./scepService.js";
import { serviceIntroduction } from "./webPages.js";

/** The query that the setup of NDES lets IIS take (maxQueryString), in characters; beyond it IIS says 404.15. */
const longestQuery = 65_536;

/** What the site of an NDES is made of. */
export interface Site {
  readonly service: ScepService;
  readonly challenges: Challenges;
  /** MD5 of the certificate that the admin page names, in hex. */
  readonly thumbprint: string;
  readonly adminUrl: string;
  /** What is said at the identity path. */
  readonly identity: string;
  readonly report: (event: ResponderEvent) => void;
  readonly now: () => Date;
}

/** Answers any request to the site: the SCEP service, the admin page, and the manners of IIS around them. */
export async function answerRequest(site: Site, request: ServedRequest): Promise<ServedResponse> {
  const route = routeOf(request.path);
  if (route === undefined || request.query.length > longestQuery) return errorResponse(404);
  if (!["GET", "HEAD", "POST"].includes(request.method)) return errorResponse(405);
  switch (route) {
    case "redirect": {
      const query = request.query === "" ? "" : `?${request.query}`;
      return { status: 301, location: `${request.path}/${query}`, body: new Uint8Array() };
    }
    case "identity":
      return { status: 200, contentType: "application/json", body: Buffer.from(site.identity) };
    case "admin":
      // Looking at the head of the page would use up a password that nobody has seen.
      return request.method === "GET" ? showAdminPage(site) : errorResponse(405);
    case "scep":
      return (await site.service.answer(request)) ?? htmlResponse(200, serviceIntroduction(site.adminUrl));
  }
}

function showAdminPage({ challenges, thumbprint, report, now }: Site): ServedResponse {
  const state = challenges.visit();
  if (state.kind === "cacheFull") {
    const sentence = `The password cache is full: ${state.capacity} one-time passwords are waiting to be used.`;
    report({ at: now(), level: "warning", sentence });
  } else {
    const { free } = challenges.slots();
    const sentence =
      state.kind === "singlePassword"
        ? "The admin page showed the single password."
        : `The admin page handed out a one-time password; ${free} more can be had.`;
    report({ at: now(), level: "info", sentence });
  }
  return { status: 200, contentType: "text/html", body: adminPage(state, thumbprint) };
}
