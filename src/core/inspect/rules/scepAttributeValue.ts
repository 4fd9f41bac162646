import { visibleText } from "../../asn1/visibleText.js";
import { failInfos, messageTypes, pkiStatuses } from "../../scep/messageType.js";
import type { TextAttribute } from "../../scep/pkiMessage.js";
import type { Observation, Rule } from "./rule.js";

/** The codes that RFC 8894 itself defines; a draft's are known beyond. */
const standardFailInfos: ReadonlySet<string> = new Set(["0", "1", "2", "3", "4"]);

/** `scep.attribute.value` */
export const scepAttributeValue: Rule<"pkiMessage"> = {
  code: "scep.attribute.value",
  severity: "error",
  title: "A messageType, pkiStatus or failInfo that the standard does not know",
  why: "A receiver has to treat an unknown messageType, pkiStatus or failInfo as an error. The failInfo codes 5 to 12 come from an old draft; Dogtag and certmonger still use them.",
  remedy: "Have the sender use a value of the standard.",
  citation: "RFC 8894 §3.2.1.2, §3.2.1.3, §3.2.1.4",
  appliesTo: "pkiMessage",
  check: ({ attributes: { messageType, pkiStatus, failInfo } }) => [
    ...unknown("messageType", messageType, messageTypes),
    ...unknown("pkiStatus", pkiStatus, pkiStatuses),
    ...unknown("failInfo", failInfo, failInfos),
    ...(failInfo && failInfos[failInfo.value] !== undefined && !standardFailInfos.has(failInfo.value)
      ? [
          {
            at: "failInfo",
            message: `failInfo ${failInfo.value} (${failInfos[failInfo.value]}) is of an old draft; RFC 8894 knows 0 to 4.`,
            severity: "info" as const,
            range: rangeOf(failInfo),
          },
        ]
      : []),
  ],
};

function unknown(
  name: string,
  attribute: TextAttribute | undefined,
  names: Readonly<Record<string, string>>,
): Observation[] {
  if (!attribute || names[attribute.value] !== undefined) return [];
  return [
    {
      at: name,
      message: `${name} is "${visibleText(attribute.value, 60)}", which the standard does not know.`,
      range: rangeOf(attribute),
    },
  ];
}

function rangeOf({ attribute: { node } }: TextAttribute): { start: number; end: number } {
  return { start: node.start, end: node.end };
}
