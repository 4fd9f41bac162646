import type { HttpExchange } from "../scep/transport.js";
import type { Artifact } from "./artifact.js";
import { recognise } from "./recognise.js";

/** The SCEP operation that a URL asks for. */
export function operationOf({ request }: HttpExchange): string | undefined {
  return /[?&]operation=([A-Za-z]{1,40})/i.exec(request.url)?.[1];
}

/** What the bodies of exchanges were recognised as: more than one asks, and it is the same every time. */
const sentArtifacts = new WeakMap<HttpExchange, { readonly artifact: Artifact | undefined }>();
const receivedArtifacts = new WeakMap<
  HttpExchange,
  { readonly operation: string | undefined; readonly artifact: Artifact | undefined }
>();

/** What was sent: the body, or what the URL of a PKIOperation by GET carries; undefined where it is nothing. */
export function requestArtifact(exchange: HttpExchange): Artifact | undefined {
  let known = sentArtifacts.get(exchange);
  if (!known) {
    known = { artifact: recogniseRequest(exchange) };
    sentArtifacts.set(exchange, known);
  }
  return known.artifact;
}

function recogniseRequest({ request: { body, url } }: HttpExchange): Artifact | undefined {
  const bytes =
    body ??
    (/[?&]message=/i.test(url) && /operation=PKIOperation/i.test(url) ? new TextEncoder().encode(url) : undefined);
  const artifact = bytes && bytes.length > 0 ? recognise(bytes, "The request")[0] : undefined;
  return artifact?.kind === "httpExchange" ? undefined : artifact;
}

/** What came back in answer to an operation; undefined where it is nothing. */
export function responseArtifact(exchange: HttpExchange, operation: string | undefined): Artifact | undefined {
  let known = receivedArtifacts.get(exchange);
  if (!known || known.operation !== operation) {
    known = { operation, artifact: recogniseResponse(exchange, operation) };
    receivedArtifacts.set(exchange, known);
  }
  return known.artifact;
}

function recogniseResponse({ response }: HttpExchange, operation: string | undefined): Artifact | undefined {
  const body = response?.body;
  if (!body || response.bodyUnknown || (body.length === 0 && operation !== "GetCACaps")) return undefined;
  const [first] = recognise(body, "The response");
  if (!first || first.kind === "httpExchange") return undefined;
  // Whatever words GetCACaps brings are capabilities, also where none of them is known.
  const asCapabilities =
    operation === "GetCACaps" && (body.length === 0 || first.kind === "unknown") && body.length < 4096;
  return asCapabilities ? { ...first, kind: "caCapabilities" } : first;
}
