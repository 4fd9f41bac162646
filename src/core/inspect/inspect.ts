import type { Artifact } from "./artifact.js";
import type { Inspectors, Place } from "./assemble.js";
import type { InspectContext } from "./context.js";
import { inspectValue } from "./inspectValue.js";
import type { Report } from "./report.js";
import { reportOnAdminPage } from "./adminPageReport.js";
import { reportOnCapabilities } from "./capabilitiesReport.js";
import { reportOnConfiguration } from "./configurationReport.js";
import { reportOnCapture } from "./captureReport.js";
import { reportOnInput } from "./inputReport.js";
import { reportOnPrivateKey } from "./privateKeyReport.js";
import { reportOnSshPublicKey } from "./sshPublicKeyReport.js";
import { failedReport } from "./failedReport.js";
import { reportOnExchange } from "./exchangeReport.js";
import { rootOf } from "./recogniseBer.js";

/**
 * Says everything about an artifact that can be said with what is known around it. Never rejects: what is broken is told
 * by findings. The work is bounded by the artifact's size.
 */
export async function inspect(artifact: Artifact, context: InspectContext): Promise<Report> {
  const { name, offset, length } = artifact.source;
  const place: Place = {
    context,
    // The exchanges of a transaction stand in one tree, so each has a name of its own.
    path: artifact.kind === "httpExchange" ? (artifact.operation ?? artifact.kind) : artifact.kind,
    source: { source: name, offset, length },
    name,
    wrapping: artifact.wrapping,
    ...(artifact.signedContent && { signedContent: artifact.signedContent }),
    inspectors,
  };
  try {
    return await inspectAt(artifact, place);
  } catch (error) {
    return failedReport(artifact, place, error);
  }
}

const inspectors: Inspectors = { value: inspectValue, artifact: inspectAt };

/** The same for an artifact that stands inside another report. */
function inspectAt(artifact: Artifact, place: Place): Promise<Report> | Report {
  switch (artifact.kind) {
    case "httpExchange":
      return reportOnExchange(artifact, place);
    case "capture":
      return reportOnCapture(artifact, place);
    case "caCapabilities":
      return reportOnCapabilities(artifact.bytes, place);
    case "adminPage":
      return reportOnAdminPage(artifact.bytes, place);
    case "html":
    case "unknown":
      return reportOnInput(artifact, place);
    case "opensslConf":
    case "mkrequest":
    case "sscepConf":
      return reportOnConfiguration(artifact, place);
    case "privateKey":
      return reportOnPrivateKey(artifact, place);
    case "sshPublicKey":
      return reportOnSshPublicKey(artifact.bytes, place);
    default: {
      const root = rootOf(artifact);
      return root ? inspectValue(root, artifact.kind, place) : reportOnInput(artifact, place);
    }
  }
}
