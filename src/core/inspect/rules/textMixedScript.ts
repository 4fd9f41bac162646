import { problemRule } from "./problemRule.js";

/** `text.mixedScript` */
export const textMixedScript = problemRule(
  {
    code: "text.mixedScript",
    severity: "warning",
    title: "A word of letters from two scripts",
    why: "A Cyrillic а looks like a Latin a. A word that mixes them may pass for another one.",
    remedy: "Compare the name by its code points with the one that you expect.",
    citation: "Unicode TS 39 §5",
  },
  ["textMixedScript"],
);
