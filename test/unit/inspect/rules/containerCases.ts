import { writePem } from "../../../../src/core/asn1/pem.js";
import { captureLimits } from "../../../../src/core/capture/limits.js";
import { httpLimits } from "../../../../src/core/capture/http/httpLimits.js";
import { links, pcapFile } from "../../../support/packetWriter.js";
import type { Example, RuleCase } from "../../../support/ruleCase.js";
import { TcpTalk } from "../../../support/tcpTalk.js";

const ethernet = links["Ethernet"]?.[1] as (ip: Uint8Array) => Buffer;
const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);

const asks = "GET /scep?operation=GetCACaps HTTP/1.1\r\nHost: ca\r\n\r\n";
const answers = "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 10\r\n\r\nRenewal\r\n\n";

/** An exchange of GetCACaps as a file holds it, with headers for its answer. */
function answered(what: string, headers: string, body: string, says?: string): Example {
  const text = `${asks}HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n${headers}\r\n\r\n${body}`;
  return { what, input: () => bytesOf(text), ...(says !== undefined && { says }) };
}

/** A capture of what two say over one connection; the client begins. */
function captured(what: string, lines: readonly string[], rest: Partial<Example> = {}, linkType?: number): Example {
  const input = (): Uint8Array => {
    const talk = new TcpTalk({ server: { address: "10.0.0.1", port: 443 } }).open();
    for (const [index, line] of lines.entries()) talk.say(index % 2 === 0 ? "client" : "server", line);
    return pcapFile(talk.close("client").packets(ethernet), linkType === undefined ? {} : { linkType });
  };
  return { what, input, ...rest };
}

/** The first record of TLS 1.2 (RFC 5246 §7.4.1.2), a ClientHello without extensions. */
const clientHello = `\u0016\u0003\u0001\u0000\u002d\u0001\u0000\u0000\u0029\u0003\u0003${"r".repeat(32)}\u0000\u0000\u0002\u0000\u002f\u0001\u0000`;

/** A text of that many PEM blocks, each with a NULL in it. */
function blocks(what: string, count: number, says?: string): Example {
  const input = (): Uint8Array => bytesOf(writePem("CERTIFICATE", Uint8Array.of(5, 0)).repeat(count));
  return { what, input, ...(says !== undefined && { says }) };
}

/** An answer of that many bytes. */
function large(what: string, length: number, says?: string): Example {
  const body = "\u0001".repeat(length);
  return { ...answered(what, `Content-Length: ${length}`, body, says), also: ["input.unrecognised"] };
}

/** What is said of what messages come in. */
export const containerCases: readonly RuleCase[] = [
  {
    code: "http.framing",
    fires: [
      answered("a Content-Length that is no number", "Content-Length: ten", "Renewal\r\n\n", "Content-Length"),
      answered("two that differ", "Content-Length: 10\r\nContent-Length: 9", "Renewal\r\n\n", "Content-Length"),
    ],
    nearMiss: [
      answered("two that agree", "Content-Length: 10\r\nContent-Length: 10", "Renewal\r\n\n"),
      answered("none", "Connection: close", "Renewal\r\n\n"),
    ],
  },
  {
    code: "http.garbage",
    fires: [
      captured("bytes behind an answer's body", [asks, `${answers}and more`, asks, answers], { says: "no HTTP" }),
    ],
    nearMiss: [captured("two exchanges on one connection", [asks, answers, asks, answers])],
  },
  {
    code: "pcap.encrypted",
    fires: [
      captured("a ClientHello", [clientHello, "\u0016\u0003\u0003\u0000\u0000"], {
        says: "1 connection is encrypted with TLS (to 10.0.0.1:443)",
        also: ["pcap.noExchange"],
      }),
    ],
    nearMiss: [captured("plain HTTP on port 443", [asks, answers])],
  },
  {
    code: "pcap.linkType",
    fires: [
      captured(
        "IEEE 802.11",
        [asks, answers],
        { says: "link type 105, which is not read", also: ["pcap.noExchange"] },
        105,
      ),
    ],
    nearMiss: [captured("Ethernet", [asks, answers], {}, 1)],
  },
  {
    code: "pcap.noExchange",
    fires: [
      captured("a web page", ["GET / HTTP/1.1\r\nHost: a\r\n\r\n", "HTTP/1.1 204 No Content\r\n\r\n"], {
        says: "holds no exchange of SCEP",
      }),
    ],
    nearMiss: [captured("GetCACaps", [asks, answers])],
  },
  {
    code: "capture.limit",
    fires: [
      blocks("one more than are opened", captureLimits.parts + 1, "holds 1 more message, from offset "),
      blocks("two more than are opened", captureLimits.parts + 2, "holds 2 more messages, from offset "),
    ],
    nearMiss: [blocks("as many as are opened", captureLimits.parts)],
  },
  {
    code: "http.limit",
    fires: [
      large(
        "a byte more than is kept",
        httpLimits.bodyBytes + 1,
        "The body has 33554433 bytes; the first 33554432 are kept.",
      ),
    ],
    nearMiss: [large("as many bytes as are kept", httpLimits.bodyBytes)],
  },
];
