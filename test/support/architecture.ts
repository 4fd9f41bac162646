import type { Metafile } from "esbuild";
import { heavyLibraries, layerOf, layers } from "../../scripts/layers.mjs";

/** What the checks below need of esbuild's metafile. */
export type Inputs = Record<string, { imports: readonly { path: string; external?: boolean }[] }>;

/** The package a bundled file comes from; undefined for our own. */
function packageOf(file: string): string | undefined {
  return /(?:^|\/)node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(file)?.[1];
}

/**
 * Every import that the layering of scripts/layers.mjs does not allow, as "importer → imported: why".
 *
 * @param inputs files by their path from the project's root, and what they import
 */
export function layeringViolations(inputs: Inputs): string[] {
  return Object.entries(inputs).flatMap(([importer, { imports }]) => {
    if (packageOf(importer) !== undefined) {
      return [];
    }
    const layer = layerOf(importer);
    if (layer === undefined) {
      return [`${importer} is in no room that scripts/layers.mjs knows`];
    }
    return imports.flatMap(({ path, external }) => {
      const why = external === true ? whyNoModule(layer, path) : whyNoFile(layer, path);
      return why === undefined ? [] : [`${importer} → ${path}: ${why}`];
    });
  });
}

function whyNoFile(layer: string, imported: string): string | undefined {
  const library = packageOf(imported);
  if (library !== undefined) {
    return heavyLibraries.includes(library) && !layer.startsWith("src/core/")
      ? "only the core builds with this library"
      : undefined;
  }
  const target = layerOf(imported);
  if (target === layer || (target !== undefined && layers[layer]?.includes(target) === true)) {
    return undefined;
  }
  return `${layer} does not stand above ${target ?? imported}`;
}

function whyNoModule(layer: string, name: string): string | undefined {
  if (name === "vscode") {
    return layer === "src" || layer === "src/vscode" ? undefined : "only src/vscode and src/extension.ts know VS Code";
  }
  return layer === "src/core" || layer.startsWith("src/core/") ? "the core reaches no host" : undefined;
}

/** The files in dist/ that are loaded with an entry point, before anything of it is called; the entry point among them. */
export function loadedAtStart(outputs: Metafile["outputs"], entryPoint: string): Set<string> {
  const entry = Object.entries(outputs).find(([, output]) => output.entryPoint === entryPoint)?.[0];
  const loaded = new Set<string>();
  const waiting = entry === undefined ? [] : [entry];
  for (let file = waiting.pop(); file !== undefined; file = waiting.pop()) {
    if (!loaded.has(file)) {
      loaded.add(file);
      const imports = outputs[file]?.imports ?? [];
      // A dynamic import is a require() at the time of use: that is what keeps a start short.
      waiting.push(
        ...imports
          .filter(({ kind, external }) => kind !== "dynamic-import" && external !== true)
          .map(({ path }) => path),
      );
    }
  }
  return loaded;
}

/**
 * The source files of which something is loaded at start although it must only be when it is used: the libraries of
 * {@link heavyLibraries} and, where `withoutCore` says so, every room of the core.
 */
export function loadedTooEarly(
  outputs: Metafile["outputs"],
  entryPoint: string,
  { withoutCore }: { withoutCore: boolean },
): string[] {
  return [...loadedAtStart(outputs, entryPoint)].flatMap((file) =>
    Object.entries(outputs[file]?.inputs ?? {})
      .filter(([input, { bytesInOutput }]) => {
        const library = packageOf(input);
        return (
          bytesInOutput > 0 &&
          ((library !== undefined && heavyLibraries.includes(library)) ||
            (withoutCore && input.startsWith("src/core/")))
        );
      })
      .map(([input]) => input),
  );
}
