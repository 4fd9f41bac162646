import type { BerNode } from "../asn1/berNode.js";
import { readContentInfoNode } from "../cms/contentInfo.js";
import { readEnvelopedDataNode } from "../cms/envelopedData.js";
import {
  readAuthenticatedDataNode,
  readCompressedDataNode,
  readDigestedDataNode,
  readEncryptedDataNode,
} from "../cms/otherContent.js";
import { readRequestNode } from "../pkcs10/request.js";
import { readCertificateNode } from "../x509/certificate.js";
import { readCrlNode } from "../x509/crl.js";
import { readOcspRequest, readOcspResponse } from "../x509/ocsp.js";
import type { ArtifactKind } from "./artifact.js";
import type { Place } from "./assemble.js";
import { reportOnAsn1, reportOnOtherAsn1 } from "./asn1Report.js";
import { reportOnAuthenticatedData } from "./authenticatedDataReport.js";
import { reportOnCertificate } from "./certificateReport.js";
import { reportOnCrl } from "./crlReport.js";
import { reportOnEnvelopedData } from "./envelopedDataReport.js";
import { reportOnOcspRequest } from "./ocspRequestReport.js";
import { reportOnOcspResponse } from "./ocspResponseReport.js";
import { reportOnCompressedData, reportOnDigestedData, reportOnEncryptedData } from "./otherContentReports.js";
import { reportOnPkiMessage } from "./pkiMessageReport.js";
import { reportOnPkcs12 } from "./pkcs12Report.js";
import { reportOnPrivateKey } from "./privateKeyReport.js";
import { reportOnPublicKey } from "./publicKeyReport.js";
import type { Report } from "./report.js";
import { reportOnRequest } from "./requestReport.js";
import { reportOnSignedData } from "./signedDataReport.js";

/** The report on a BER value of a known kind; where it is too damaged to be read as that, on its ASN.1. */
export function inspectValue(root: BerNode, kind: ArtifactKind, place: Place): Promise<Report> | Report {
  if (kind === "pkiMessage") return reportOnPkiMessage(root, place);
  const content = readContentInfoNode(root)?.content;
  switch (kind) {
    case "certsOnly":
    case "signedData":
      return reportOnSignedData(root, place);
    case "envelopedData":
    case "authEnvelopedData": {
      const view = content && readEnvelopedDataNode(content);
      const what = kind === "envelopedData" ? "An EnvelopedData" : "An AuthEnvelopedData";
      return view ? reportOnEnvelopedData(view, root, place) : damaged(root, place, what, "contentInfo");
    }
    case "encryptedData": {
      const view = content && readEncryptedDataNode(content);
      return view ? reportOnEncryptedData(view, root, place) : damaged(root, place, "An EncryptedData", "contentInfo");
    }
    case "compressedData": {
      const view = content && readCompressedDataNode(content);
      return view ? reportOnCompressedData(view, root, place) : damaged(root, place, "A CompressedData", "contentInfo");
    }
    case "digestedData": {
      const view = content && readDigestedDataNode(content);
      return view ? reportOnDigestedData(view, root, place) : damaged(root, place, "A DigestedData", "contentInfo");
    }
    case "authenticatedData": {
      const view = content && readAuthenticatedDataNode(content);
      return view
        ? reportOnAuthenticatedData(view, root, place)
        : damaged(root, place, "An AuthenticatedData", "contentInfo");
    }
    case "certificate": {
      const view = readCertificateNode(root);
      return view ? reportOnCertificate(view, place) : damaged(root, place, "A certificate", "certificate");
    }
    case "crl": {
      const view = readCrlNode(root);
      return view ? reportOnCrl(view, place) : damaged(root, place, "A certificate revocation list", "crl");
    }
    case "request": {
      const view = readRequestNode(root);
      return view ? reportOnRequest(view, place) : damaged(root, place, "A certificate request", "request");
    }
    case "publicKey":
      return reportOnPublicKey(root, place).then(
        (report) => report ?? damaged(root, place, "A public key", "publicKey"),
      );
    case "ocspRequest": {
      const view = readOcspRequest(root);
      return view ? reportOnOcspRequest(view, place) : damaged(root, place, "An OCSP request", "ocspRequest");
    }
    case "ocspResponse": {
      const view = readOcspResponse(root);
      return view ? reportOnOcspResponse(view, place) : damaged(root, place, "An OCSP response", "ocspResponse");
    }
    case "privateKey":
      return reportOnPrivateKey({ bytes: root.encoding }, place);
    case "pkcs12":
      return reportOnPkcs12(root, place);
    default:
      return reportOnOtherAsn1(root, place);
  }
}

function damaged(root: BerNode, place: Place, what: string, shape: Parameters<typeof reportOnAsn1>[3]): Report {
  return reportOnAsn1(root, place, `${what} that is damaged or cut short`, shape);
}
