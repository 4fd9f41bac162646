import { visibleText } from "../core/asn1/visibleText.js";
import { type Hresult, hresult } from "../core/ndes/hresult.js";
import type { RequestView } from "../core/pkcs10/request.js";
import type { Breakdown, Issued, Refusal } from "./outcome.js";

/** Something that the responder did, for a log or a view. Holds no challenge and no key. */
export interface ResponderEvent {
  readonly at: Date;
  readonly level: "info" | "warning" | "error";
  /** What happened, in a whole sentence; texts of clients are made visible. */
  readonly sentence: string;
  /** The event that NDES would write to its Application log, where it is known. */
  readonly ndesEvent?: number;
  /** The HRESULT that goes with it. */
  readonly hresult?: Hresult;
  /** Of the message concerned, made visible. */
  readonly transactionID?: string;
  /** The subject that was asked for, made visible. */
  readonly subject?: string;
}

/** The event of a decision on a message. */
export function decisionEvent(
  at: Date,
  outcome: Issued | Refusal | Breakdown,
  transactionID: string | undefined,
  request: RequestView | undefined,
): ResponderEvent {
  const about = {
    at,
    ...(transactionID !== undefined && { transactionID: visibleText(transactionID, 100) }),
    ...(request && { subject: visibleText(request.subject.text, 200) }),
  };
  if (outcome.kind === "issued") {
    const { certificate, renewal } = outcome;
    const until = certificate.notAfter?.toISOString().slice(0, 10) ?? "?";
    const sentence = `${renewal ? "Renewed" : "Issued"}: ${visibleText(certificate.subject.text, 200)}, serial number ${certificate.serialNumber}, until ${until}.`;
    return { ...about, level: "info", sentence };
  }
  return {
    ...about,
    level: "warning",
    sentence: `${consequence[outcome.kind]}: ${outcome.reason}`,
    ...(outcome.ndesEvent !== undefined && { ndesEvent: outcome.ndesEvent }),
    ...(outcome.hresult !== undefined && { hresult: hresult(outcome.hresult) }),
  };
}

const consequence = {
  refused: "Refused",
  serverError: "Not answered in SCEP (HTTP 500)",
  emptyAnswer: "Answered with nothing",
} as const;

/** An event as a line of a log. */
export function logLine(event: ResponderEvent): string {
  const notes = [
    ...(event.ndesEvent === undefined ? [] : [`NDES event ${event.ndesEvent}`]),
    ...(event.hresult ? [`${event.hresult.hex} ${event.hresult.name}`] : []),
    ...(event.transactionID === undefined ? [] : [`transaction ${event.transactionID}`]),
    ...(event.subject === undefined || event.level === "info" ? [] : [event.subject]),
  ];
  return notes.length > 0 ? `${event.sentence} [${notes.join("; ")}]` : event.sentence;
}

/** The event of a request that could not be answered because something here went wrong. */
export function failureEvent(at: Date, error: unknown): ResponderEvent {
  const detail = visibleText(error instanceof Error ? error.message : String(error), 300);
  return { at, level: "error", sentence: `A request could not be answered (HTTP 500): ${detail}` };
}
