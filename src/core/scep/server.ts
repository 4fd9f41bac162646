import { visibleText } from "../asn1/visibleText.js";
import type { ContentCipherName } from "../crypto/algorithms.js";
import type { SigningDigestName } from "../crypto/cryptoPort.js";
import { HumanError } from "../humanError.js";

/** A SCEP server as a client is set up for it; `auto` leaves the choice to the server's capabilities. */
export interface ScepServer {
  /** What people call it. */
  readonly name: string;
  /** What {@link readServerUrl} made of what they typed. */
  readonly url: string;
  /** The `message` of GetCACaps and GetCACert (RFC 8894 §4.1); where absent, {@link defaultCaIdentifier}. */
  readonly caIdentifier?: string;
  readonly method: "auto" | "get" | "post";
  readonly contentEncryption: "auto" | ContentCipherName;
  readonly digest: "auto" | SigningDigestName;
  /** For each HTTP exchange, connecting included. */
  readonly timeoutSeconds: number;
  /** PEM certificates to trust for TLS beside the host's own, and the file they came from. */
  readonly tlsCa?: { readonly pem: string; readonly path: string };
}

/** A server with everything left to its capabilities and 30 seconds an exchange. */
export function serverWithDefaults(url: string, name = url): ScepServer {
  return { name, url, method: "auto", contentEncryption: "auto", digest: "auto", timeoutSeconds: 30 };
}

/**
 * Sent as `message` where no CA identifier is set: old NDES answers GetCACert only if there is one and does not look at
 * it, and this value is the one that servers have long had from sscep.
 */
export const defaultCaIdentifier = "CAIdentifier";

/** Where NDES listens on its host. */
const ndesPath = "/certsrv/mscep/mscep.dll";

/** Parameters of an operation that come along when somebody copies a URL out of a log or a browser. */
const operationParameters = /^(operation|message)=/i;

/**
 * The URL of a SCEP server out of what people have: a host name (`ndes01` becomes `http://ndes01/certsrv/mscep/mscep.dll`),
 * a URL with or without `pkiclient.exe`, one with `?operation=…` behind it. Everything else of it is kept, the case of
 * the path included.
 *
 * @throws HumanError where it is no http or https URL, or holds a user name or password
 */
export function readServerUrl(text: string): string {
  const typed = text.trim();
  const shown = visibleText(typed, 200);
  if (typed === "") throw new HumanError("A server needs a URL or a host name, such as ndes01.lab.example.");
  const scheme = /^([a-z][a-z0-9+.-]*):\/\//i.exec(typed)?.[1]?.toLowerCase();
  if (scheme !== undefined && scheme !== "http" && scheme !== "https") {
    throw new HumanError(`"${shown}" is not an http or https URL; SCEP has no other transport.`);
  }
  const url = parseUrl(scheme === undefined ? `http://${typed}` : typed, shown);
  if (url.username !== "" || url.password !== "") {
    throw new HumanError("The URL holds a user name or password; SCEP needs neither, so take them out of it.");
  }
  const hostOnly = !typed.replace(/^[a-z]+:\/\//i, "").match(/[/?#]/);
  if (hostOnly) url.pathname = ndesPath;
  url.hash = "";
  url.search = url.search
    .slice(1)
    .split("&")
    .filter((parameter) => parameter !== "" && !operationParameters.test(parameter))
    .join("&");
  return url.href;
}

function parseUrl(text: string, shown: string): URL {
  try {
    return new URL(text);
  } catch (error) {
    throw new HumanError(
      `"${shown}" is neither a URL nor a host name. Write it like ndes01.lab.example or http://ndes01.lab.example/certsrv/mscep/mscep.dll.`,
      String(error),
    );
  }
}

/** Whether the URL is laid out as Microsoft's NDES lays it out; others (Venafi, Nexus) imitate it. */
export function looksLikeNdes(url: string): boolean {
  return /\/certsrv\/mscep/i.test(url);
}
