import { count } from "../describe/nodes.js";
import type { Rule } from "./rule.js";

/** `input.zeros` */
export const inputZeros: Rule<"input"> = {
  code: "input.zeros",
  severity: "error",
  title: "The input is nothing but zero bytes",
  why: "A file was made in its full size and never filled: a download that broke off, a crash before the data reached the disk, a sparse copy.",
  remedy: "Get the message again.",
  citation: "X.690 §8.1",
  appliesTo: "input",
  check: ({ kind, name, bytes }) =>
    kind === "zeros"
      ? [
          {
            at: "",
            message: `${name} holds ${count(bytes.length, "byte")}, all of them zero.`,
            range: { start: 0, end: bytes.length },
          },
        ]
      : [],
};
