import { problemRule } from "./problemRule.js";

/** `text.invisible` */
export const textInvisible = problemRule(
  {
    code: "text.invisible",
    severity: "warning",
    title: "Characters in a text that are not seen or re-order it",
    why: "Controls, zero-width characters and marks of direction make a name look like another one. They are shown here as their code points.",
    remedy: "Compare the name by its code points with the one that you expect; have it written without them.",
    citation: "Unicode TR 36 §2; RFC 5280 §7",
  },
  ["textControl", "textBidi", "textInvisible"],
);
