/**
 * Builds what ships (dist/) and the suite that runs inside VS Code (out/test/host/).
 *
 *   node esbuild.config.mjs [--production] [--watch] [--clean]
 *
 * The host bundles are CommonJS, because VS Code's proxy support patches the modules that are require()d. esbuild splits
 * only ES modules, so there are two passes: the first bundles to ES modules in which everything behind an `import()` is a
 * chunk of its own, the second turns each of these into CommonJS in which `import()` is a require() at the time of use.
 */
import { glob, mkdir, readdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import path from "node:path";
import * as esbuild from "esbuild";

const root = import.meta.dirname;
const dist = path.join(root, "dist");

/** What ships: its name in dist/ and the source it starts from. */
export const entries = {
  extension: "src/extension.ts",
  inspectWorker: "src/node/inspect/inspectWorker.ts",
  inspectionWorker: "src/node/inspect/inspectionWorker.ts",
  captureWorker: "src/node/capture/captureWorker.ts",
  exchangeWorker: "src/node/capture/exchangeWorker.ts",
  lintWorker: "src/node/lint/lintWorker.ts",
  responderWorker: "src/responder/responderWorker.ts",
  cli: "src/cli/main.ts",
};

/** What VS Code 1.105 runs on is Node 22; the command line has to run on Node 20 as well. */
const target = "node20";

/**
 * pkijs and asn1js name their classes in `static { this.CLASS_NAME = "…"; }`, behind which esbuild has to suspect anything,
 * so that it keeps every class. As `static CLASS_NAME = "…";` it leaves those out that nothing uses: 180 KB.
 *
 * @type {esbuild.Plugin}
 */
const staticFields = {
  name: "static-fields",
  setup(build) {
    build.onLoad({ filter: /[\\/]node_modules[\\/](?:pkijs|asn1js)[\\/].*\.js$/ }, async ({ path: file }) => {
      const source = await readFile(file, "utf8");
      const assignments = /static \{\s*((?:this\.\w+ = [^;{}]*;\s*)+)\}/g;
      const contents = source.replace(assignments, (_block, body) => body.replace(/this\.(?=\w+ = )/g, "static "));
      return { contents, loader: "js" };
    });
  },
};

/**
 * The first pass: ES modules, in memory, with esbuild's account of them.
 *
 * @param {boolean} production minified, without source maps
 * @returns {esbuild.BuildOptions & { metafile: true, write: false, plugins: esbuild.Plugin[] }}
 */
function splittingOptions(production) {
  return {
    absWorkingDir: root,
    entryPoints: Object.entries(entries).map(([name, source]) => ({ in: source, out: name })),
    outdir: "dist",
    bundle: true,
    splitting: true,
    format: "esm",
    chunkNames: "chunks/[name]-[hash]",
    platform: "node",
    target,
    external: ["vscode"],
    minify: production,
    sourcemap: production ? false : "inline",
    sourcesContent: false,
    charset: "utf8",
    legalComments: "none",
    logLevel: "warning",
    metafile: true,
    write: false,
    plugins: [staticFields],
  };
}

/**
 * The inspector's page: a script and a style for a browser, dist/webview/inspector.js and .css.
 *
 * @param {boolean} production minified, without source maps
 * @returns {esbuild.BuildOptions & { metafile: true }}
 */
export function pageOptions(production) {
  return {
    absWorkingDir: root,
    entryPoints: [
      { in: "src/webview/inspector/page/main.ts", out: "inspector" },
      { in: "src/webview/inspector/page/inspector.css", out: "inspector" },
    ],
    outdir: "dist/webview",
    bundle: true,
    format: "iife",
    platform: "browser",
    // Has V8 compile all of it while the extension is asked for the first view (Explicit Compile Hints, Chromium 136): compiled
    // one by one when they are called first, its functions cost a fifth of what the script does before the first paint.
    banner: { js: "//# allFunctionsCalledOnLoad" },
    // VS Code 1.105 shows its pages with Chromium 138.
    target: "chrome138",
    minify: production,
    sourcemap: production ? false : "inline",
    sourcesContent: false,
    charset: "utf8",
    legalComments: "none",
    logLevel: "warning",
    metafile: true,
  };
}

/**
 * The export statement with which esbuild ends a module, as CommonJS. esbuild's own form of it brings 450 bytes of helpers
 * to each of a hundred chunks.
 *
 * @param {string} code
 */
function exportsAsGetters(code) {
  const exportsAtEnd = /\bexport\s*\{([^}]*)\};?(?=\s*(?:\/\/# sourceMappingURL=.*\s*)?$)/;
  return code.replace(exportsAtEnd, (_statement, /** @type {string} */ clauses) => {
    const getters = clauses.split(",").map((clause) => {
      const [local = "", exported = local] = clause.trim().split(/\s+as\s+/);
      return `get ${exported}(){return ${local}}`;
    });
    return `module.exports={${getters.join(",")}};`;
  });
}

/**
 * The second pass: each ES module of the first as CommonJS.
 *
 * @param {readonly esbuild.OutputFile[]} modules
 * @param {boolean} production
 * @returns {Promise<Map<string, string>>} file name in dist/, with forward slashes → content
 */
async function toCommonJs(modules, production) {
  const files = await Promise.all(
    modules.map(async (file) => {
      const name = path.relative(dist, file.path).split(path.sep).join("/");
      const { code } = await esbuild.transform(exportsAsGetters(file.text), {
        format: "cjs",
        platform: "node",
        target,
        supported: { "dynamic-import": false },
        minify: production,
        sourcemap: production ? false : "inline",
        sourcesContent: false,
        sourcefile: file.path,
        charset: "utf8",
        legalComments: "none",
        // The exports of exportsAsGetters in what is otherwise an ES module.
        logOverride: { "commonjs-variable-in-esm": "silent" },
      });
      const shebang = name === "cli.js" && !code.startsWith("#!") ? "#!/usr/bin/env node\n" : "";
      return /** @type {const} */ ([name, shebang + code]);
    }),
  );
  return new Map(files);
}

/**
 * Bundles the host code as it ships, in memory.
 *
 * @param {{ production: boolean }} settings production: minified, without source maps
 * @returns {Promise<{ files: Map<string, string>, metafile: esbuild.Metafile }>} file name in dist/ → content, and
 *   esbuild's metafile of the first pass: outputs named as in dist/, imports as in the sources
 */
export async function bundleHosts({ production }) {
  const { outputFiles, metafile } = await esbuild.build(splittingOptions(production));
  return { files: await toCommonJs(outputFiles, production), metafile };
}

/** How long a chunk of an earlier build is left, in milliseconds. */
const staleAfter = 60 * 60 * 1000;

/**
 * Writes the bundles, then takes away chunks of earlier builds. A window that is open loads its chunks when it needs them
 * first: those of the last hour are left to it, unless everything is to be cleaned for packing.
 *
 * @param {Map<string, string>} files file name in dist/ → content
 * @param {boolean} clean
 */
async function writeDist(files, clean) {
  const chunks = path.join(dist, "chunks");
  await mkdir(chunks, { recursive: true });
  await Promise.all(
    [...files].map(async ([name, content]) => {
      // In one step, so that nobody loads half a file.
      const unfinished = path.join(dist, `${name}.${process.pid}`);
      await writeFile(unfinished, content, { mode: name === "cli.js" ? 0o755 : 0o644 });
      await rename(unfinished, path.join(dist, name));
    }),
  );
  const others = (await readdir(chunks)).filter((name) => name.endsWith(".js") && !files.has(`chunks/${name}`));
  await Promise.all(
    others.map(async (name) => {
      const { mtimeMs } = await stat(path.join(chunks, name));
      if (clean || Date.now() - mtimeMs > staleAfter) {
        await rm(path.join(chunks, name), { force: true });
      }
    }),
  );
}

/**
 * Turns what the first pass made into dist/ and out/metafile.json, each time it is made.
 *
 * @param {boolean} production
 * @param {boolean} clean
 * @returns {esbuild.Plugin}
 */
function commonJsWriter(production, clean) {
  return {
    name: "common-js-writer",
    setup(build) {
      build.onEnd(async ({ errors, outputFiles = [], metafile }) => {
        if (errors.length === 0) {
          await writeDist(await toCommonJs(outputFiles, production), clean);
          await mkdir(path.join(root, "out"), { recursive: true });
          await writeFile(path.join(root, "out/metafile.json"), JSON.stringify(metafile));
        }
      });
    },
  };
}

/**
 * `import { suites } from "host-suites"`: each test/host/**\/*.test.ts and how to load it, found when bundling, so that
 * no list is kept by hand.
 *
 * @type {esbuild.Plugin}
 */
const hostSuites = {
  name: "host-suites",
  setup(build) {
    build.onResolve({ filter: /^host-suites$/ }, () => ({ path: "host-suites", namespace: "host-suites" }));
    build.onLoad({ filter: /.*/, namespace: "host-suites" }, async () => {
      // While one file is worked on nobody wants to wait for all of them.
      const only = process.env["SCEP_TEST_HOST_ONLY"] ?? "";
      const files = [];
      for await (const file of glob("test/host/**/*.test.ts", { cwd: root })) {
        if (only.split(",").some((part) => file.includes(part))) files.push(file.split(path.sep).join("/"));
      }
      const loaders = files
        .toSorted()
        .map((file) => `{ file: ${JSON.stringify(file)}, load: () => import(${JSON.stringify(`./${file}`)}) }`);
      return { contents: `export const suites = [${loaders.join(",\n")}];`, resolveDir: root, loader: "js" };
    });
  },
};

/** The suite for the inside of VS Code; mocha and what else it takes from node_modules stay there. */
const hostSuiteOptions = /** @satisfies {esbuild.BuildOptions} */ ({
  absWorkingDir: root,
  entryPoints: ["test/host/index.ts"],
  outfile: "out/test/host/index.js",
  bundle: true,
  format: "cjs",
  platform: "node",
  target: "node22",
  external: ["vscode"],
  packages: "external",
  sourcemap: "inline",
  sourcesContent: false,
  logLevel: "warning",
  plugins: [hostSuites],
});

/** Says when a build begins and ends, in the words that .vscode/tasks.json waits for. @type {esbuild.Plugin} */
const announcer = {
  name: "announcer",
  setup(build) {
    build.onStart(() => console.log("[watch] build started"));
    build.onEnd(() => console.log("[watch] build finished"));
  },
};

/** The command line of this file. @param {readonly string[]} flags */
async function main(flags) {
  const production = flags.includes("--production");
  const options = splittingOptions(production);
  const hosts = { ...options, plugins: [...options.plugins, commonJsWriter(production, flags.includes("--clean"))] };
  if (flags.includes("--watch")) {
    const contexts = await Promise.all([
      esbuild.context({ ...hosts, plugins: [...hosts.plugins, announcer] }),
      esbuild.context(hostSuiteOptions),
      esbuild.context(pageOptions(production)),
    ]);
    await Promise.all(contexts.map((context) => context.watch()));
  } else {
    await Promise.all([esbuild.build(hosts), esbuild.build(hostSuiteOptions), esbuild.build(pageOptions(production))]);
  }
}

if (process.argv[1] === import.meta.filename) {
  await main(process.argv.slice(2));
}
