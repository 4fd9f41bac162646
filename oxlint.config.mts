import { defineConfig } from "oxlint";
import { heavyLibraries, layers } from "./scripts/layers.mjs";

/** The import ban of one room: every other room that it does not stand above, and what its host does not have. */
function boundary(folder: string) {
  const allowed = layers[folder] ?? [];
  const inCore = folder.startsWith("src/core");
  const forbidden = Object.keys(layers).filter(
    (name) => name !== "src" && name !== "src/core" && name !== folder && !allowed.includes(name),
  );
  const patterns = forbidden.map((name) => ({
    // A relative import names a room by its last part; no folder inside a room bears the name of another room.
    regex: `^\\.\\.?/(.*/)?${name.split("/").at(-1) ?? name}/`,
    message: `${folder} does not stand above ${name} (scripts/layers.mjs).`,
  }));
  if (inCore) {
    patterns.push({ regex: "^node:", message: "The core runs in every host: no Node modules in it." });
  } else {
    patterns.push({
      regex: `^(${heavyLibraries.join("|")})$`,
      message: "Only the core builds with these; reach it through a dynamic import().",
    });
  }
  if (folder !== "src/vscode" && folder !== "src") {
    patterns.push({ regex: "^vscode$", message: "Only src/vscode and src/extension.ts know VS Code." });
  }
  return {
    files: folder === "src" || folder === "src/core" ? [`${folder}/*.ts`] : [`${folder}/**/*.ts`],
    rules: { "eslint/no-restricted-imports": ["error", { patterns }] as ["error", object] },
  };
}

export default defineConfig({
  plugins: ["eslint", "typescript", "unicorn", "oxc", "import", "promise", "node"],
  options: { typeAware: true, reportUnusedDisableDirectives: "error" },
  ignorePatterns: ["dist", "out", ".vscode-test", "samples"],
  categories: { correctness: "error", suspicious: "error" },
  rules: {
    "eslint/eqeqeq": "error",
    "eslint/no-console": "off",
    "eslint/no-empty": "error",
    "eslint/no-var": "error",
    "eslint/prefer-const": "error",
    "eslint/no-throw-literal": "error",
    "eslint/no-warning-comments": ["error", { terms: ["todo", "fixme", "xxx"] }],
    "import/no-default-export": "error",
    "import/no-cycle": "error",
    "typescript/ban-ts-comment": "error",
    "typescript/consistent-type-imports": "error",
    "typescript/no-explicit-any": "error",
    "typescript/no-floating-promises": "error",
    "typescript/no-misused-promises": "error",
    "typescript/no-non-null-assertion": "error",
    "typescript/only-throw-error": "error",
    "typescript/switch-exhaustiveness-check": ["error", { considerDefaultExhaustiveForUnions: true }],
    "typescript/return-await": "error",
    // A switch that is exhaustive returns on every path; the compiler checks that already.
    "typescript/consistent-return": "off",
    "typescript/no-unsafe-type-assertion": "off",
    // Hostile text is what this program is about: control characters have to be named.
    "eslint/no-control-regex": "off",
    // Workers and VS Code's pages take messages from one side only; there is no origin to name.
    "unicorn/require-post-message-target-origin": "off",
    "eslint/no-misleading-character-class": "off",
    "eslint/no-unmodified-loop-condition": "off",
    "unicorn/consistent-function-scoping": "off",
    "unicorn/no-array-reverse": "off",
    "unicorn/no-useless-spread": "off",
    // fast-check is imported as `fc`, as its own documentation does.
    "import/no-named-as-default-member": "off",
  },
  overrides: [
    ...Object.keys(layers).map(boundary),
    {
      files: ["*.config.ts", "*.config.mts", "*.config.mjs", "scripts/vitestReporter.mjs"],
      rules: { "import/no-default-export": "off" },
    },
  ],
});
