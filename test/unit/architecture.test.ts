import { beforeAll, describe, expect, it } from "vitest";
import * as esbuild from "esbuild";
import { bundleHosts, entries, pageOptions } from "../../esbuild.config.mjs";
import { layeringViolations, loadedAtStart, loadedTooEarly } from "../support/architecture.js";

const kilobyte = 1000;
let bundle: Awaited<ReturnType<typeof bundleHosts>>;
let page: esbuild.BuildResult<{ metafile: true; write: false }>;

beforeAll(async () => {
  bundle = await bundleHosts({ production: true });
  page = await esbuild.build({ ...pageOptions(true), write: false });
});

/** The size of files in dist/, in bytes. */
function sizeOf(names: Iterable<string>): number {
  return [...names].reduce((sum, name) => sum + Buffer.byteLength(bundle.files.get(name) ?? ""), 0);
}

/** What an output would look like that is loaded at start and holds these source files. */
function outputHolding(entryPoint: string, ...inputs: string[]) {
  const held = Object.fromEntries(inputs.map((input) => [input, { bytesInOutput: 1 }]));
  return { "dist/x.js": { entryPoint, imports: [], exports: [], bytes: 1, inputs: held } };
}

describe("the layering", () => {
  it("holds for every import of what ships", () => {
    expect(layeringViolations(bundle.metafile.inputs)).toEqual([]);
    const scripts = Object.entries(page.metafile.inputs).filter(([name]) => name.endsWith(".ts"));
    expect(scripts.length).toBeGreaterThan(5);
    expect(layeringViolations(Object.fromEntries(scripts))).toEqual([]);
  });

  it.each([
    ["src/core/asn1/berReader.ts", "src/core/scep/pkiMessage.ts", "src/core/asn1 does not stand above src/core/scep"],
    ["src/core/cms/signedData.ts", "src/core/pkcs10/request.ts", "src/core/cms does not stand above src/core/pkcs10"],
    ["src/core/humanError.ts", "src/core/asn1/tag.ts", "src/core does not stand above src/core/asn1"],
    ["src/node/nodeCrypto.ts", "src/cli/main.ts", "src/node does not stand above src/cli"],
    ["src/responder/service.ts", "src/vscode/commands.ts", "src/responder does not stand above src/vscode"],
    ["src/vscode/tree.ts", "src/extension.ts", "src/vscode does not stand above src"],
    ["src/vscode/tree.ts", "node_modules/pkijs/build/index.js", "only the core builds with this library"],
    ["src/core/x509/name.ts", "test/support/x.ts", "src/core/x509 does not stand above test/support/x.ts"],
  ])("does not let %s import %s", (importer, path, why) => {
    expect(layeringViolations({ [importer]: { imports: [{ path }] } })).toEqual([`${importer} → ${path}: ${why}`]);
  });

  it.each([
    ["src/core/inspect/report.ts", "vscode", "only src/vscode and src/extension.ts know VS Code"],
    ["src/node/files.ts", "vscode", "only src/vscode and src/extension.ts know VS Code"],
    ["src/core/crypto/des.ts", "node:crypto", "the core reaches no host"],
  ])("does not let %s import the module %s", (importer, path, why) => {
    expect(layeringViolations({ [importer]: { imports: [{ path, external: true }] } })).toEqual([
      `${importer} → ${path}: ${why}`,
    ]);
  });

  it("does not let a file stand outside of every room", () => {
    expect(layeringViolations({ "src/utils/strings.ts": { imports: [] } })).toEqual([
      "src/utils/strings.ts is in no room that scripts/layers.mjs knows",
    ]);
  });

  it("lets a room import from what is below it, and the core build with the libraries", () => {
    const allowed = {
      "src/core/scep/build.ts": {
        imports: [{ path: "src/core/cms/x.ts" }, { path: "node_modules/pkijs/build/index.js" }],
      },
      "src/extension.ts": { imports: [{ path: "src/vscode/x.ts" }, { path: "vscode", external: true }] },
      "src/node/x.ts": { imports: [{ path: "src/core/inspect/x.ts" }, { path: "node:fs", external: true }] },
    };
    expect(layeringViolations(allowed)).toEqual([]);
  });
});

describe("what is loaded at the start", () => {
  it("of the extension is neither a heavy library nor a room of the core", () => {
    expect(loadedTooEarly(bundle.metafile.outputs, entries.extension, { withoutCore: true })).toEqual([]);
  });

  it("of the command is no heavy library", () => {
    expect(loadedTooEarly(bundle.metafile.outputs, entries.cli, { withoutCore: false })).toEqual([]);
  });

  it("would be found too heavy with pkijs or a room of the core in it", () => {
    const library = "node_modules/pkijs/build/index.js";
    const parser = "src/core/asn1/berReader.ts";
    const outputs = outputHolding("src/extension.ts", library, parser, "src/vscode/tree.ts");
    expect(loadedTooEarly(outputs, "src/extension.ts", { withoutCore: true })).toEqual([library, parser]);
  });

  it("follows static imports and stops at dynamic ones", () => {
    const output = { exports: [], bytes: 1, inputs: {} };
    const outputs = {
      "dist/a.js": {
        ...output,
        entryPoint: "src/a.ts",
        imports: [
          { path: "dist/chunks/b.js", kind: "import-statement" as const },
          { path: "dist/chunks/c.js", kind: "dynamic-import" as const },
        ],
      },
      "dist/chunks/b.js": {
        ...output,
        imports: [{ path: "vscode", kind: "import-statement" as const, external: true }],
      },
      "dist/chunks/c.js": { ...output, imports: [] },
    };
    expect([...loadedAtStart(outputs, "src/a.ts")]).toEqual(["dist/a.js", "dist/chunks/b.js"]);
  });
});

describe("the size, minified,", () => {
  it("of what the extension loads at the start is at most 60 KB", () => {
    const loaded = [...loadedAtStart(bundle.metafile.outputs, entries.extension)];
    expect(loaded).toContain("dist/extension.js");
    expect(sizeOf(loaded.map((file) => file.replace(/^dist\//, "")))).toBeLessThanOrEqual(60 * kilobyte);
  });

  it("of the inspector's page is at most 60 KB, and nothing else is in it than script and style", () => {
    const names = page.outputFiles.map((file) => file.path.split(/[\\/]/).at(-1));
    expect(names).toEqual(["inspector.js", "inspector.css"]);
    const bytes = page.outputFiles.reduce((sum, { contents }) => sum + contents.length, 0);
    expect(bytes).toBeLessThanOrEqual(60 * kilobyte);
  });

  it("of all host bundles together is at most 1068 KB", () => {
    expect(bundle.files.size).toBeGreaterThanOrEqual(2);
    expect(sizeOf(bundle.files.keys())).toBeLessThanOrEqual(1068 * kilobyte);
  });
});
