import { grouped } from "../describe/nodes.js";
import type { ExchangeSubject } from "../subject.js";
import type { Rule } from "./rule.js";

/** `http.status` */
export const httpStatus: Rule<"exchange"> = {
  code: "http.status",
  severity: "error",
  title: "The server answered with an HTTP error or a redirect",
  why: "Every answer of SCEP, a refusal included, comes with status 200. Another status says that the request never reached the SCEP service, or that the service itself is broken. On NDES a 500 is most often an RA certificate that expired or cannot be read (events 2 and 10), a 503 a stopped application pool, a 404 a wrong path, an absent role or a query that is too long.",
  remedy: "Look at the body and at the server's logs.",
  citation: "RFC 8894 §4.1; Microsoft, Troubleshooting SCEP certificate deployment",
  appliesTo: "exchange",
  check: (subject) => {
    const { response } = subject.exchange;
    if (!response || response.status === 200) return [];
    return [
      {
        at: "status",
        message: `The server answered with status ${response.status}.`,
        remedy: remedy(subject, response.status),
      },
    ];
  },
};

/** IIS refuses a longer query unless it was set up otherwise, which NDES's setup does. */
const longQuery = 2048;

function remedy({ exchange }: ExchangeSubject, status: number): string | undefined {
  const query = exchange.request.url.indexOf("?");
  const length = query < 0 ? 0 : exchange.request.url.length - query - 1;
  if (length > longQuery && (status === 404 || status === 400 || status === 413 || status === 414)) {
    return `The query is ${grouped(length)} characters long, more than IIS takes by default (404.15): use POST, or raise maxQueryString and the limits of http.sys.`;
  }
  switch (status) {
    case 301:
    case 302:
    case 303:
    case 307:
    case 308:
      return "Set the server's URL to where the redirect points; SCEP clients do not follow it.";
    case 401:
      return "Anonymous authentication is switched off on the mscep application, or a proxy wants credentials: SCEP itself has none.";
    case 403:
      return "A plain GET of mscep.dll is answered so by an NDES with a policy module, which is healthy. Otherwise check whether IIS is set to require SSL.";
    case 404:
      return "Check the path; NDES's is /certsrv/mscep/mscep.dll. Check that the role is installed.";
    case 500:
      return "On NDES look for the events 2 and 10: most often an RA certificate expired, its key cannot be read by the service account, or its revocation cannot be checked.";
    case 503:
      return "The application pool is stopped: look into the event log for the reason and start it again.";
    default:
      return undefined;
  }
}
