import type { CertificationPath, PathStep } from "../../x509/certificationPath.js";
import type { NodeStatus, ReportNode } from "../report.js";
import { nameValue } from "./nameNodes.js";
import { count, type Frame, inside, node } from "./nodes.js";

/** The path of a certificate up to where it ends, each step with what came of checking it. */
export function chainNode(frame: Frame, path: CertificationPath): ReportNode {
  const { steps, end } = path;
  const last = steps.at(-1);
  const below = inside(frame, "chain");
  const top = last ? nameValue(end === "issuerUnknown" ? last.certificate.issuer : last.certificate.subject).value : "";
  const words: Readonly<Record<CertificationPath["end"], string>> = {
    selfSigned:
      steps.length === 1 ? "self-signed" : `${count(steps.length, "certificate")} up to the self-signed ${top}`,
    issuerUnknown:
      steps.length === 1
        ? `the issuer ${top} is not among what is known here`
        : `${count(steps.length, "certificate")}; the issuer ${top} is not among what is known here`,
    tooLong: `${count(steps.length, "certificate")}, and more that are not followed`,
  };
  return node(
    frame,
    "chain",
    "chain",
    { value: words[end], status: worstOf(steps) },
    steps.map((step, index) => stepNode(below, index, step)),
  );
}

function stepNode(frame: Frame, index: number, step: PathStep): ReportNode {
  const { certificate, signature, problems } = step;
  const below = inside(frame, String(index));
  const until = certificate.notAfter?.toISOString().slice(0, 10);
  const parts = [
    nameValue(certificate.subject).value,
    ...(until === undefined ? [] : [`until ${until}`]),
    signature ? `signature ${signature.verdict}` : "signature not checked",
  ];
  const isMark = signature?.verdict === "invalid" || problems.length > 0;
  return node(
    frame,
    String(index),
    index === 0 ? "this certificate" : "issued by",
    { value: parts.join(" · "), ...(isMark ? { status: "error" } : {}), guide: "chain" },
    [
      signature && signature.verdict !== "valid"
        ? node(below, "signature", "signature", { value: signature.detail, guide: "chain" })
        : undefined,
      ...problems.map(({ kind, words }, problem) =>
        node(below, String(problem), kind, { value: `it ${words}`, status: "error", guide: "chain" }),
      ),
    ],
  );
}

/** Ok where everything was checked and holds; no mark where somebody is missing. */
function worstOf(steps: readonly PathStep[]): NodeStatus | undefined {
  if (steps.some(({ signature, problems }) => signature?.verdict === "invalid" || problems.length > 0)) return "error";
  return steps.every(({ signature }) => signature?.verdict === "valid") ? "ok" : undefined;
}
