import type { HttpExchange } from "../scep/transport.js";
import type { Artifact } from "./artifact.js";
import { recognise } from "./recognise.js";

/** The SCEP operation that a URL asks for. */
export function operationOf({ request }: HttpExchange): string | undefined {
  return /[?&]operation=([A-Za-z]{1,40})/i.exec(request.url)?.[1];
}

/** What was sent: the body, or what the URL of a PKIOperation by GET carries; undefined where it is nothing. */
export function requestArtifact({ request: { body, url } }: HttpExchange): Artifact | undefined {
  const bytes =
    body ??
    (/[?&]message=/i.test(url) && /operation=PKIOperation/i.test(url) ? new TextEncoder().encode(url) : undefined);
  const artifact = bytes && bytes.length > 0 ? recognise(bytes, "The request")[0] : undefined;
  return artifact?.kind === "httpExchange" ? undefined : artifact;
}

/** What came back in answer to an operation; undefined where it is nothing. */
export function responseArtifact({ response }: HttpExchange, operation: string | undefined): Artifact | undefined {
  const body = response?.body;
  if (!body || response.bodyUnknown || (body.length === 0 && operation !== "GetCACaps")) return undefined;
  const [first] = recognise(body, "The response");
  if (!first || first.kind === "httpExchange") return undefined;
  // Whatever words GetCACaps brings are capabilities, also where none of them is known.
  const asCapabilities =
    operation === "GetCACaps" && (body.length === 0 || first.kind === "unknown") && body.length < 4096;
  return asCapabilities ? { ...first, kind: "caCapabilities" } : first;
}
