import type { CapturedExchange } from "../../src/core/capture/http/capturedExchange.js";
import { CaptureReader } from "../../src/core/capture/pcap/captureReader.js";
import type { CaptureSummary } from "../../src/core/capture/pcap/captureSummary.js";

/** Everything in a capture, read in pieces of `size` bytes. */
export function readCapture(
  file: Uint8Array,
  size = Number.POSITIVE_INFINITY,
): { exchanges: CapturedExchange[]; summary: CaptureSummary } {
  const exchanges: CapturedExchange[] = [];
  const reader = new CaptureReader((exchange) => exchanges.push(exchange));
  for (let at = 0; at < file.length; at += size) {
    // A copy that is overwritten afterwards: the reader may keep nothing of a piece.
    const piece = Uint8Array.from(file.subarray(at, at + size));
    reader.push(piece);
    piece.fill(0xee);
  }
  return { exchanges, summary: reader.end() };
}

/** An exchange in few words: `GET http://ca/a 200 "body"`, the failure's code where there is one. */
export function brief({ exchange: { request, response, failure } }: CapturedExchange): string {
  const sent = request.body ? ` ${JSON.stringify(Buffer.from(request.body).toString("latin1"))}` : "";
  const came = response ? ` ${response.status} ${JSON.stringify(Buffer.from(response.body).toString("latin1"))}` : "";
  return `${request.method} ${request.url}${sent}${came}${failure ? ` (${failure.code})` : ""}`;
}
