import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import manifest from "../../../package.json" with { type: "json" };
import words from "../../../package.nls.json" with { type: "json" };
import { inspectorViewType, sessionViewType } from "../../../src/vscode/inspector/viewTypes.js";
import { commandIds, contextKeys, viewIds } from "../../../src/vscode/commandIds.js";

const root = path.resolve(import.meta.dirname, "../../..");
const { contributes } = manifest;
const ids = Object.values(commandIds);

/** Commands that need what a menu gives them: a row or a file. */
const withArgument: readonly string[] = [
  commandIds.removeServer,
  commandIds.decodeResource,
  commandIds.decodeSelectionHere,
  commandIds.inspectBlock,
  commandIds.fixRequest,
  commandIds.enrollBlock,
  commandIds.copyValue,
  commandIds.copyHex,
  commandIds.copyPath,
  commandIds.saveContent,
  commandIds.saveIssued,
  commandIds.openAsText,
  commandIds.openWithKey,
  commandIds.revealSecret,
];

/** Commands that talk to a network or let others do so. */
const networked: readonly string[] = [
  commandIds.addServer,
  commandIds.refreshServers,
  commandIds.getCaCaps,
  commandIds.getCaCert,
  commandIds.enroll,
  commandIds.startResponder,
];

/** Every text of the manifest, wherever it stands. */
function texts(value: unknown): string[] {
  if (typeof value === "string") return [value];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(texts) : [];
}

/** The nls keys that a text refers to: all of it, as VS Code wants it. */
function keysIn(value: unknown): string[] {
  return texts(value).flatMap((text) => /^%(.+)%$/.exec(text)?.[1] ?? []);
}

function paletteRule(command: string): string | undefined {
  return contributes.menus.commandPalette.find((item) => item.command === command)?.when;
}

describe("the manifest", () => {
  it("declares the commands that the code registers, each once", () => {
    expect(contributes.commands.map(({ command }) => command).toSorted()).toEqual(ids.toSorted());
  });

  it("gives every command the category SCEP and a title in the words file", () => {
    for (const { command, category, title } of contributes.commands) {
      expect(category, command).toBe("SCEP");
      expect(title, command).toBe(`%command.${command.replace("scepWorkbench.", "")}.title%`);
    }
  });

  it("gives every command of a view's title an icon", () => {
    const shown = contributes.menus["view/title"].filter(({ group }) => group.startsWith("navigation"));
    const inline = contributes.menus["view/item/context"].filter(({ group }) => group.startsWith("inline"));
    for (const { command } of [...shown, ...inline]) {
      const declared = contributes.commands.find((candidate) => candidate.command === command);
      expect(declared, command).toHaveProperty("icon");
    }
  });

  it("has menus for commands that exist only", () => {
    for (const items of Object.values(contributes.menus)) {
      for (const { command } of items) expect(ids).toContain(command);
    }
  });

  it.each(withArgument)("keeps %s, which needs an argument, out of the palette", (command) => {
    expect(paletteRule(command)).toBe("false");
  });

  it("keeps nothing else out of the palette for good", () => {
    const hidden = contributes.menus.commandPalette
      .filter(({ when }) => when === "false")
      .map(({ command }) => command);
    expect(hidden.toSorted()).toEqual(withArgument.toSorted());
  });

  it.each(networked)("offers %s in a trusted workspace only", (command) => {
    expect(paletteRule(command)).toMatch(/^isWorkspaceTrusted\b/);
    expect(contributes.commands.find((candidate) => candidate.command === command)).toMatchObject({
      enablement: "isWorkspaceTrusted",
    });
  });

  it("declares the views that the code fills, with a welcome for each", () => {
    expect(contributes.viewsContainers.activitybar.map(({ id }) => id)).toEqual([viewIds.container]);
    expect(contributes.views[viewIds.container].map(({ id }) => id)).toEqual([viewIds.servers, viewIds.messages]);
    const welcomed = new Set(contributes.viewsWelcome.map(({ view }) => view));
    expect([...welcomed].toSorted()).toEqual([viewIds.messages, viewIds.servers]);
  });

  it("hijacks no file: the inspector is an option for those of others, and the first choice for our own session", () => {
    const editors = contributes.customEditors.map(({ viewType, priority }) => ({ viewType, priority }));
    expect(editors).toEqual([
      { viewType: inspectorViewType, priority: "option" },
      { viewType: sessionViewType, priority: "default" },
    ]);
    expect(contributes.customEditors[1]?.selector).toEqual([{ filenamePattern: "*.scepsession" }]);
  });

  it("offers the inspector in the explorer and on tabs for the files that it is an editor for", () => {
    const patterns = contributes.customEditors[0]?.selector.map(({ filenamePattern }) => filenamePattern.slice(2));
    for (const menu of ["explorer/context", "editor/title/context", "editor/title"] as const) {
      const rule = contributes.menus[menu].find(({ command }) => command === commandIds.inspect)?.when ?? "";
      expect(/\(([a-z0-9|]+)\)\$/.exec(rule)?.[1]?.split("|"), menu).toEqual(patterns);
    }
  });

  it.each([
    ["explorer/context", ["decodeResource", "inspect", "showAsText", "compare"]],
    ["editor/title/context", ["decodeResource", "inspect"]],
    ["editor/title", ["inspect"]],
  ] as const)(
    "offers in %s what can be done with a message, a mail that brings one, and a dump of HTTP",
    (menu, names) => {
      for (const name of names) {
        const rule = contributes.menus[menu].find(({ command }) => command === commandIds[name])?.when ?? "";
        const pattern = new RegExp(/resourceExtname =~ \/(.+)\/i$/.exec(rule)?.[1] ?? "^$", "i");
        const taken = [".der", ".csr", ".crl", ".eml", ".EML", ".http"].filter((extension) => pattern.test(extension));
        expect(taken, name).toEqual([".der", ".csr", ".crl", ".eml", ".EML", ".http"]);
        for (const extension of [".txt", ".https", ".html", ""]) expect(pattern.test(extension), name).toBe(false);
      }
    },
  );

  it("asks in its rules for no context key of ours that the code does not set", () => {
    const rules = texts(manifest).join("\n");
    const asked = new Set(rules.match(/(?<=(?:^|[\s!(]))scepWorkbench\.(?:responderRunning|has\w+|is\w+)/gm));
    expect([...asked].toSorted()).toEqual(Object.values(contextKeys).toSorted());
  });

  it("links in its welcomes to commands that exist only", () => {
    const linked = Object.values(words).flatMap((text) =>
      [...text.matchAll(/\(command:([^)]+)\)/g)].map(([, id]) => id),
    );
    expect(linked.length).toBeGreaterThan(3);
    for (const command of linked.filter((id) => id?.startsWith("scepWorkbench."))) expect(ids).toContain(command);
  });

  it("uses every key of package.nls.json, and none that is not there", () => {
    expect([...new Set(keysIn(manifest))].toSorted()).toEqual(Object.keys(words).toSorted());
  });

  it("activates behind the start of VS Code, for any document may hold a certificate request", () => {
    expect(manifest.activationEvents).toEqual(["onStartupFinished"]);
  });

  it("works restricted in workspaces that are not trusted, and in virtual ones", () => {
    const { untrustedWorkspaces, virtualWorkspaces } = manifest.capabilities;
    expect(untrustedWorkspaces.supported).toBe("limited");
    expect(untrustedWorkspaces.restrictedConfigurations).toEqual([
      "scepWorkbench.servers",
      "scepWorkbench.responder.port",
    ]);
    expect(virtualWorkspaces).toBe(true);
  });

  it("has an icon of 256 by 256 pixels and one for the activity bar", () => {
    const png = readFileSync(path.join(root, manifest.icon));
    expect(png.subarray(1, 4).toString("latin1")).toBe("PNG");
    expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([256, 256]);
    for (const { icon } of contributes.viewsContainers.activitybar) {
      expect(readFileSync(path.join(root, icon), "utf8")).toMatch(/^<svg /);
    }
  });

  it("fits the description of every kind of search to five keywords", () => {
    expect(manifest.keywords.length).toBeLessThanOrEqual(5);
  });
});

describe("the settings", () => {
  const { properties } = contributes.configuration;
  const fields = properties["scepWorkbench.servers"].items.properties;

  it("are explained, ordered and scoped, each with a default", () => {
    for (const [name, setting] of Object.entries(properties)) {
      expect(setting, name).toMatchObject({ order: expect.any(Number) as number, scope: expect.any(String) as string });
      expect(setting, name).toHaveProperty("default");
      expect(keysIn(setting.markdownDescription), name).toHaveLength(1);
    }
  });

  it("explain every field of a server, and have a default for all that may be left out", () => {
    const { required } = properties["scepWorkbench.servers"].items;
    for (const [name, field] of Object.entries(fields)) {
      expect(keysIn(field.markdownDescription), name).toHaveLength(1);
      if (!required.includes(name)) expect(field, name).toHaveProperty("default");
    }
  });

  it("are those that the code asks for", () => {
    const sources = readdirSync(path.join(root, "src/vscode"), { recursive: true, encoding: "utf8" })
      .filter((file) => file.endsWith(".ts"))
      .map((file) => readFileSync(path.join(root, "src/vscode", file), "utf8"));
    const code = [...sources, readFileSync(path.join(root, "src/extension.ts"), "utf8")].join("\n");
    const asked = [...code.matchAll(/getConfiguration\("scepWorkbench"\)\.get\("([^"]+)"/g)].map(
      ([, name]) => `scepWorkbench.${name}`,
    );
    expect([...new Set(asked)].toSorted()).toEqual(Object.keys(properties).toSorted());
  });

  it("allow for a server what the code understands", async () => {
    const { contentEncryptions, digests, methods, targets } =
      await import("../../../src/vscode/servers/settingValues.js");
    expect(fields.method.enum).toEqual(methods);
    expect(fields.contentEncryption.enum).toEqual(contentEncryptions);
    expect(fields.digest.enum).toEqual(digests);
    expect(fields.target.enum).toEqual(targets);
  });
});
