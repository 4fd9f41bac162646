import { l10n } from "vscode";
import { plainText } from "../plainText.js";
import { contentEncryptions, digests, methods, targets } from "./settingValues.js";

/** One server of the setting `scepWorkbench.servers`, checked and with its defaults filled in. */
export interface ServerSettings {
  readonly name: string;
  /** Where the server answers, without a query. */
  readonly url: string;
  /** What GetCACaps and GetCACert send as `message`; may be empty. */
  readonly caIdentifier: string;
  /** The page that hands out one-time passwords; undefined where there is none. */
  readonly adminUrl: string | undefined;
  readonly method: (typeof methods)[number];
  readonly contentEncryption: (typeof contentEncryptions)[number];
  readonly digest: (typeof digests)[number];
  readonly timeoutSeconds: number;
  /** As it is written in the setting; undefined where it is empty. */
  readonly tlsCaFile: string | undefined;
  readonly target: (typeof targets)[number];
}

/** An entry of the setting: a server, or what is wrong with the entry in a sentence with its remedy. */
export type ServerEntry =
  | { readonly kind: "server"; readonly settings: ServerSettings }
  | { readonly kind: "broken"; readonly name: string; readonly problem: string };

/** Reads the setting as a person may have written it: of any type, with anything in it. Never throws. */
export function readServerEntries(value: unknown): readonly ServerEntry[] {
  if (value === undefined || value === null) return [];
  if (!Array.isArray(value)) {
    return [broken("scepWorkbench.servers", l10n.t('The setting has to be a list: [ { "name": …, "url": … } ].'))];
  }
  const names = new Set<string>();
  return value.map((item: unknown, index) => {
    const entry = readEntry(item, index);
    const name = entry.kind === "server" ? entry.settings.name : entry.name;
    if (entry.kind === "server" && names.has(name)) {
      return broken(
        name,
        l10n.t('Another server is called "{0}" already. Give this one a name of its own.', plainText(name, 60)),
      );
    }
    names.add(name);
    return entry;
  });
}

function readEntry(item: unknown, index: number): ServerEntry {
  const position = l10n.t("Server {0}", index + 1);
  if (typeof item !== "object" || item === null || Array.isArray(item)) {
    return broken(position, l10n.t('This has to be an object with "name" and "url".'));
  }
  const fields = item as Readonly<Record<string, unknown>>;
  const name = typeof fields["name"] === "string" && fields["name"].trim() !== "" ? fields["name"].trim() : undefined;
  const problem = (text: string): ServerEntry => broken(name ?? position, text);
  if (name === undefined) return problem(l10n.t('This server has no name. Give it one: "name": "NDES Lab".'));
  if (fields["url"] === undefined || fields["url"] === "") {
    return problem(
      l10n.t('This server has no URL. Add "url", for NDES http://HOST/certsrv/mscep/mscep.dll, in the settings.'),
    );
  }
  const url = readUrl(fields["url"]);
  if (!url.ok) return problem(l10n.t('"url" {0}', url.problem));
  const adminUrl =
    fields["adminUrl"] === undefined || fields["adminUrl"] === "" ? undefined : readUrl(fields["adminUrl"]);
  if (adminUrl?.ok === false) return problem(l10n.t('"adminUrl" {0}', adminUrl.problem));
  for (const [key, allowed] of Object.entries({
    method: methods,
    contentEncryption: contentEncryptions,
    digest: digests,
    target: targets,
  })) {
    const given = fields[key];
    if (given !== undefined && !(allowed as readonly unknown[]).includes(given)) {
      return problem(l10n.t('"{0}" is {1}; it has to be one of {2}.', key, shown(given), allowed.join(", ")));
    }
  }
  for (const key of ["caIdentifier", "tlsCaFile"]) {
    if (fields[key] !== undefined && typeof fields[key] !== "string") {
      return problem(l10n.t('"{0}" is {1}; it has to be a text in quotes.', key, shown(fields[key])));
    }
  }
  const timeout = fields["timeoutSeconds"] ?? 30;
  if (typeof timeout !== "number" || !(timeout >= 1 && timeout <= 600)) {
    return problem(l10n.t('"timeoutSeconds" is {0}; it has to be a number from 1 to 600.', shown(timeout)));
  }
  return {
    kind: "server",
    settings: {
      name,
      url: url.url,
      caIdentifier: textOf(fields["caIdentifier"]) ?? "",
      adminUrl: adminUrl?.url,
      method: (fields["method"] ?? "auto") as ServerSettings["method"],
      contentEncryption: (fields["contentEncryption"] ?? "auto") as ServerSettings["contentEncryption"],
      digest: (fields["digest"] ?? "auto") as ServerSettings["digest"],
      timeoutSeconds: timeout,
      tlsCaFile: textOf(fields["tlsCaFile"]),
      target: (fields["target"] ?? "ndes") as ServerSettings["target"],
    },
  };
}

type UrlResult = { readonly ok: true; readonly url: string } | { readonly ok: false; readonly problem: string };

/** An http or https URL, or the rest of a sentence that begins with the setting's name. */
function readUrl(value: unknown): UrlResult {
  if (typeof value !== "string")
    return { ok: false, problem: l10n.t("is {0}; it has to be a text in quotes.", shown(value)) };
  const text = value.trim();
  const scheme = /^([a-z][a-z0-9+.-]*):\/?\/?/i.exec(text)?.[1]?.toLowerCase();
  if (scheme !== "http" && scheme !== "https") {
    return { ok: false, problem: l10n.t("is {0}; it has to begin with http:// or https://.", shown(text)) };
  }
  if (!URL.canParse(text) || new URL(text).hostname === "") {
    return {
      ok: false,
      problem: l10n.t("is {0}; that is no complete address. It looks like http://HOST/PATH.", shown(text)),
    };
  }
  const { username, password } = new URL(text);
  if (username !== "" || password !== "") {
    return {
      ok: false,
      problem: l10n.t("holds a user name or password. Take it out: addresses are shown and logged."),
    };
  }
  return { ok: true, url: text };
}

function textOf(value: unknown): string | undefined {
  return typeof value === "string" && value.trim() !== "" ? value.trim() : undefined;
}

function shown(value: unknown): string {
  return plainText(JSON.stringify(value) ?? String(value), 80);
}

function broken(name: string, problem: string): ServerEntry {
  return { kind: "broken", name, problem };
}
