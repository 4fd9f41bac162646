import { l10n, ThemeColor, ThemeIcon } from "vscode";
import type { PasswordSlots } from "../../responder/challenges.js";
import { visibleText } from "../../core/asn1/visibleText.js";
import { certificateRows } from "./certificateRows.js";
import { capabilitySummary } from "./capabilitySummary.js";
import type { Server } from "./server.js";
import type { ServerRow } from "./serverRow.js";
import type { ServerKnowledge } from "./serverRegistry.js";
import { serverKey } from "./server.js";

/** What a server's rows are made of. */
export interface ServerFacts {
  readonly server: Server;
  readonly settingIndex: number | undefined;
  readonly knowledge: ServerKnowledge;
  /** Whether a challenge is stored for this server. */
  readonly challengeStored: boolean;
  /** The passwords of the local responder. */
  readonly passwords: PasswordSlots | undefined;
}

/** The row of a server with what is known of it below. */
export function serverRow(facts: ServerFacts): ServerRow {
  const { server, settingIndex } = facts;
  const { settings } = server;
  const id = serverKey(server);
  const state = stateOf(facts);
  const problem = problemOf(facts.knowledge);
  return {
    id,
    label: visibleText(settings.name, 100),
    detail:
      server.origin === "responder"
        ? l10n.t("{0} · NDES 2022", state.word)
        : `${state.word} · ${shortAddress(settings.url)}`,
    sentence: problem ?? settings.url,
    icon: state.icon,
    ...(problem !== undefined && { status: "error" as const }),
    traits: ["server", ...(server.origin === "responder" ? ["responder"] : ["configured"]), "value"],
    server,
    ...(settingIndex !== undefined && { settingIndex }),
    value: settings.url,
    expanded: server.origin === "responder",
    children: [
      ...(problem === undefined
        ? []
        : [
            {
              id: `${id} problem`,
              label: problem,
              status: "error" as const,
              traits: ["value"],
              value: problem,
              server,
              children: [],
            },
          ]),
      capabilitiesRow(id, facts),
      certificatesRow(id, facts),
      challengeRow(id, facts),
    ],
  };
}

/** The row of an entry of the setting that cannot be used, and why. */
export function brokenServerRow(name: string, problem: string, settingIndex: number): ServerRow {
  const id = `broken ${settingIndex} ${name}`;
  return {
    id,
    label: visibleText(name, 100),
    detail: l10n.t("not usable"),
    sentence: problem,
    status: "error",
    traits: ["broken"],
    settingIndex,
    expanded: true,
    children: [
      {
        id: `${id} problem`,
        label: problem,
        status: "error",
        traits: ["value", "broken"],
        value: problem,
        settingIndex,
        children: [],
      },
    ],
  };
}

function stateOf({ server, knowledge }: ServerFacts): { readonly word: string; readonly icon: ThemeIcon } {
  const { caps, caCert } = knowledge;
  const passed = new ThemeColor("testing.iconPassed");
  if (server.origin === "responder") return { word: l10n.t("running"), icon: new ThemeIcon("circle-filled", passed) };
  if (!caps && !caCert) return { word: l10n.t("not asked yet"), icon: new ThemeIcon("circle-outline") };
  if (problemOf(knowledge) !== undefined) {
    const silent = (caCert?.ok === false ? caCert.problem : caps?.problem)?.code === "noAnswer";
    const word = silent ? l10n.t("does not answer") : l10n.t("does not speak SCEP");
    return { word, icon: new ThemeIcon("error", new ThemeColor("testing.iconFailed")) };
  }
  return { word: l10n.t("answers"), icon: new ThemeIcon("circle-filled", passed) };
}

/** What keeps a server from being used. That it names no capabilities is none: old servers do not. */
function problemOf({ caps, caCert }: ServerKnowledge): string | undefined {
  if (caCert?.ok === false) return caCert.sentence;
  return caps?.reachable === false && caCert === undefined ? caps.sentence : undefined;
}

function capabilitiesRow(id: string, { server, knowledge: { caps } }: ServerFacts): ServerRow {
  const words = caps
    ? [...caps.capabilities.known, ...caps.capabilities.unknown.map((word) => visibleText(word, 60))]
    : [];
  return {
    id: `${id} capabilities`,
    label: l10n.t("Capabilities"),
    detail:
      caps === undefined
        ? l10n.t("not asked yet")
        : words.length === 0
          ? l10n.t("none named")
          : capabilitySummary(caps.capabilities),
    ...(caps && { sentence: caps.sentence }),
    icon: new ThemeIcon("list-flat"),
    traits: ["capabilities", ...(words.length > 0 ? ["value"] : [])],
    server,
    ...(words.length > 0 && { value: words.join("\n") }),
    children: words.map((word) => ({
      id: `${id} capability ${word}`,
      label: word,
      ...(caps && caps.capabilities.unknown.includes(word) && { detail: l10n.t("not one of RFC 8894") }),
      traits: ["value"],
      server,
      value: word,
      children: [],
    })),
  };
}

function certificatesRow(id: string, { server, knowledge: { caCert } }: ServerFacts): ServerRow {
  const rows = caCert?.ok === true ? certificateRows(`${id} certificate`, server, caCert.ca.roles, new Date()) : [];
  return {
    // VS Code remembers by the id whether a row is open; one that gets its first children is another one to it.
    id: `${id} certificates${rows.length > 0 ? " received" : ""}`,
    label: l10n.t("Certificates"),
    detail: caCert === undefined ? l10n.t("not asked yet") : caCert.ok ? String(rows.length) : l10n.t("none received"),
    ...(caCert && { sentence: caCert.sentence }),
    icon: new ThemeIcon("library"),
    traits: ["certificates"],
    server,
    expanded: rows.length > 0,
    children: rows,
  };
}

function challengeRow(id: string, { server, passwords, challengeStored }: ServerFacts): ServerRow {
  return {
    id: `${id} challenge`,
    label: l10n.t("Challenge"),
    detail: challengeDetail(server, passwords, challengeStored),
    icon: new ThemeIcon("key"),
    traits: ["challenge"],
    server,
    children: [],
  };
}

function challengeDetail(server: Server, passwords: PasswordSlots | undefined, stored: boolean): string {
  if (passwords?.kind === "oneTime")
    return l10n.t("one-time password, {0} of {1} free", passwords.free, passwords.capacity);
  if (stored) return l10n.t("stored");
  return server.settings.adminUrl === undefined
    ? l10n.t("asked for at each enrolment")
    : l10n.t("fetched from the admin page");
}

/** Host and port of an address: what tells servers apart at a glance. */
function shortAddress(url: string): string {
  return URL.canParse(url) ? visibleText(new URL(url).host, 100) : visibleText(url, 100);
}
