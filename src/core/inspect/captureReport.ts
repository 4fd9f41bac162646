import { visibleText } from "../asn1/visibleText.js";
import { definedOnly } from "../definedOnly.js";
import type { Artifact } from "./artifact.js";
import { assemble, frameOf, type Place } from "./assemble.js";
import type { CaptureContents } from "./captureArtifacts.js";
import { count, type Frame, inside, node } from "./describe/nodes.js";
import type { CaptureFacts } from "./facts/trafficFacts.js";
import type { Report, ReportNode } from "./report.js";

/** The report on a capture as a whole: what it holds, what is shown of it, and what was left out and why. */
export function reportOnCapture(artifact: Extract<Artifact, { kind: "capture" }>, place: Place): Report {
  const { capture, bytes } = artifact;
  const frame = frameOf(place, bytes);
  const format = capture.format ?? "no capture";
  const headline = `${format} · ${count(capture.shown, "PKI exchange")} · ${count(capture.packets, "packet")}`;
  const facts = definedOnly<CaptureFacts>({
    kind: "capture",
    ...place.source,
    format,
    packets: capture.packets,
    firstPacket: isoTime(capture.firstAt),
    lastPacket: isoTime(capture.lastAt),
    connections: {
      all: capture.connections,
      http: capture.http,
      tls: capture.tls,
      http2: capture.http2,
      other: capture.other,
    },
    exchanges: capture.exchanges,
    shown: capture.shown,
    leftOut: capture.leftOut,
    lostBytes: capture.lostBytes,
  });
  return assemble(place, {
    title: `Capture ${place.name}`,
    facts,
    bytes,
    root: {
      label: "capture",
      value: headline,
      explanation:
        "What the capture holds as a whole; each exchange of SCEP or other PKI traffic in it stands by itself.",
      children: () => [
        node(frame, "format", "format", { value: format }),
        node(frame, "packets", "packets", { value: String(capture.packets) }),
        timeNode(frame, capture),
        connectionsNode(frame, capture),
        exchangesNode(frame, capture),
        capture.lostBytes > 0
          ? node(frame, "lost", "lost", { value: count(capture.lostBytes, "byte"), status: "warning" as const })
          : undefined,
      ],
    },
    subjects: [{ kind: "capture", subject: { capture, name: place.name, wrapping: place.wrapping } }],
    verdict: ([first]) => {
      const sentence = `${place.name} holds ${count(capture.shown, "exchange")} of SCEP or other PKI traffic among ${count(capture.exchanges, "HTTP exchange")}.`;
      return first && first.severity !== "info"
        ? { status: first.severity, headline, sentence: first.message, remedy: first.remedy }
        : { status: "ok", headline, sentence };
    },
  });
}

function isoTime(at: number | undefined): string | undefined {
  const date = new Date(at ?? Number.NaN);
  return Number.isNaN(date.getTime()) ? undefined : date.toISOString();
}

function timeNode(frame: Frame, { firstAt, lastAt }: CaptureContents): ReportNode | undefined {
  const first = isoTime(firstAt);
  const last = isoTime(lastAt);
  return first === undefined || last === undefined
    ? undefined
    : node(frame, "time", "time", { value: `${first} to ${last}` });
}

function connectionsNode(frame: Frame, capture: CaptureContents): ReportNode {
  const below = inside(frame, "connections");
  const line = (segment: string, label: string, value: number): ReportNode | undefined =>
    value === 0 ? undefined : node(below, segment, label, { value: String(value) });
  return node(frame, "connections", "TCP connections", { value: String(capture.connections) }, [
    line("http", "HTTP", capture.http),
    capture.tls === 0
      ? undefined
      : node(below, "tls", "TLS", {
          value: `${capture.tls}: ${capture.tlsServers.join(", ")}`,
          explanation: "Encrypted: what they say cannot be seen in a capture.",
        }),
    line("http2", "HTTP/2", capture.http2),
    line("other", "other protocols", capture.other),
  ]);
}

function exchangesNode(frame: Frame, { exchanges, shown, leftOut }: CaptureContents): ReportNode {
  const below = inside(frame, "exchanges");
  const others = inside(below, "leftOut");
  const hosts = leftOut.map(({ host, exchanges: number }, index) =>
    node(others, String(index), visibleText(host, 100), { value: String(number) }),
  );
  return node(frame, "exchanges", "HTTP exchanges", { value: String(exchanges) }, [
    node(below, "shown", "of a PKI", { value: String(shown) }),
    hosts.length === 0
      ? undefined
      : node(below, "leftOut", "left out", { value: count(exchanges - shown, "exchange") }, hosts),
  ]);
}
