import { visibleText } from "../../asn1/visibleText.js";
import { hresult } from "../../ndes/hresult.js";
import type { Rule } from "./rule.js";

/** `ndes.scepError` */
export const ndesScepError: Rule<"pkiMessage"> = {
  code: "ndes.scepError",
  severity: "error",
  title: "NDES says why it refused",
  why: "A failure reply of NDES has the signed attribute 1.3.6.1.4.1.311.21.33 with the HRESULT with which it gave up, as a signed decimal number. Common clients do not show it, though it is the one place where NDES tells the reason.",
  remedy:
    "Look the code up, and into the Application event log of the NDES server (source NetworkDeviceEnrollmentService).",
  citation: "1.3.6.1.4.1.311.21.33 szOID_ENROLL_SCEP_ERROR; [MS-ERREF] §2.1",
  appliesTo: "pkiMessage",
  check: ({ attributes: { scepError } }) => {
    if (!scepError) return [];
    const { node } = scepError.attribute;
    const range = { start: node.start, end: node.end };
    if (scepError.hresult === undefined) {
      return [
        {
          at: "scepError",
          message: `NDES's error attribute holds "${visibleText(scepError.value, 100)}", which is no HRESULT.`,
          severity: "warning",
          range,
        },
      ];
    }
    const error = hresult(scepError.hresult);
    return [
      {
        at: "scepError",
        message: [`NDES says ${error.hex} (${error.value}) ${error.name}: ${error.text}`, error.meaning]
          .filter((part) => part !== undefined)
          .join(" "),
        remedy: error.remedy,
        range,
      },
    ];
  },
};
