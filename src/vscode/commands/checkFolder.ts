import { type CancellationToken, commands, l10n, ProgressLocation, Range, Uri, window, workspace } from "vscode";
import type { LintedArtifact } from "../../core/inspect/lint.js";
import { lintInWorker } from "../../node/lint/lintInWorker.js";
import type { LintProgress } from "../../node/lint/lintFiles.js";
import { describeFailure, offer, showFailure } from "../failure.js";
import { diagnosticOf } from "../requests/diagnosticOf.js";
import { type CheckedFile, lintVirtualFolder } from "../requests/lintVirtualFolder.js";
import { lintTarget } from "../requests/lintTarget.js";
import type { Services } from "../services.js";
import { notificationText } from "../shownText.js";

/** What came of checking a folder. */
export interface FolderCheck {
  readonly files: number;
  readonly requests: number;
  readonly errors: number;
  readonly warnings: number;
  readonly sentence: string;
}

/**
 * *Check Certificate Requests in Folder*: every request below a folder, of whatever file system, in a thread of its own, with progress; the
 * findings stand in the Problems panel until the next check. Undefined where the person cancels.
 */
export async function checkFolder(services: Services, argument?: unknown): Promise<FolderCheck | undefined> {
  const folder = argument instanceof Uri ? argument : await chooseFolder();
  if (!folder) return undefined;
  const name = folder.path.slice(folder.path.lastIndexOf("/") + 1) || folder.authority || folder.scheme;
  const files = await window.withProgress(
    {
      location: ProgressLocation.Notification,
      title: l10n.t("Checking certificate requests in {0}", name),
      cancellable: true,
    },
    (progress, token) =>
      lintFolder(services, folder, token, (message) => {
        progress.report({ message });
      }),
  );
  if (!files) return undefined;
  const check = summarize(name, files);
  services.diagnostics.showFolder(
    files.flatMap((file) => ("artifacts" in file ? [entryOf(file.uri, file.artifacts)] : [])),
  );
  services.log.info(check.sentence);
  const showProblems = {
    title: l10n.t("Show Problems"),
    run: () => commands.executeCommand("workbench.actions.view.problems"),
  };
  const shown = notificationText(check.sentence);
  const actions = check.errors + check.warnings > 0 ? [showProblems] : [];
  const titles = actions.map(({ title }) => title);
  void offer(
    check.errors > 0 ? window.showWarningMessage(shown, ...titles) : window.showInformationMessage(shown, ...titles),
    actions,
  );
  return check;
}

async function lintFolder(
  services: Services,
  folder: Uri,
  token: CancellationToken,
  report: (message: string) => void,
): Promise<readonly CheckedFile[] | undefined> {
  const aborter = new AbortController();
  const subscription = token.onCancellationRequested(() => aborter.abort());
  try {
    const context = { keys: [], certificates: [], now: new Date(), target: lintTarget(services.servers) };
    const script = services.context.asAbsolutePath("dist/lintWorker.js");
    const onProgress = (done: LintProgress): void =>
      report(l10n.t("{0} files, {1} requests", done.files, done.requests));
    const { signal } = aborter;
    if (folder.scheme !== "file") return await lintVirtualFolder(folder, { script, context, signal, onProgress });
    const job = { kind: "folder", folder: folder.fsPath, context } as const;
    const { files } = await lintInWorker(script, job, signal, onProgress);
    return files.map(({ file, ...result }) => ({ uri: Uri.file(file), ...result }));
  } catch (error) {
    if (token.isCancellationRequested) return undefined;
    const { sentence, detail } = describeFailure(error);
    void showFailure(services.log, { sentence, detail });
    return undefined;
  } finally {
    subscription.dispose();
  }
}

function entryOf(uri: Uri, artifacts: readonly LintedArtifact[]): [Uri, ReturnType<typeof diagnosticOf>[]] {
  const findings = artifacts.flatMap((artifact) => artifact.findings);
  return [
    uri,
    findings.map((finding) => {
      const { text } = finding.place;
      // A request in DER has no lines; the editor shows nothing of it but its first.
      const range = text
        ? new Range(text.line - 1, text.column - 1, text.endLine - 1, text.endColumn - 1)
        : new Range(0, 0, 0, 0);
      return diagnosticOf(finding, range);
    }),
  ];
}

function summarize(name: string, files: readonly CheckedFile[]): FolderCheck {
  const artifacts = files.flatMap((file) => ("artifacts" in file ? file.artifacts : []));
  const unreadable = files.filter((file) => "problem" in file).length;
  const severities = artifacts.flatMap(({ findings }) => findings.map(({ severity }) => severity));
  const errors = severities.filter((severity) => severity === "error").length;
  const warnings = severities.filter((severity) => severity === "warning").length;
  const requests = artifacts.length;
  const counted =
    requests === 0
      ? l10n.t("{0} holds no certificate request.", name)
      : l10n.t("{0}: {1}, {2}, {3}.", name, ...counts(requests, errors, warnings));
  const left =
    unreadable === 0
      ? ""
      : ` ${unreadable === 1 ? l10n.t("1 file could not be read.") : l10n.t("{0} files could not be read.", unreadable)}`;
  return { files: files.length, requests, errors, warnings, sentence: counted + left };
}

function counts(requests: number, errors: number, warnings: number): readonly [string, string, string] {
  return [
    requests === 1 ? l10n.t("1 certificate request") : l10n.t("{0} certificate requests", requests),
    errors === 1 ? l10n.t("1 error") : l10n.t("{0} errors", errors),
    warnings === 1 ? l10n.t("1 warning") : l10n.t("{0} warnings", warnings),
  ];
}

async function chooseFolder(): Promise<Uri | undefined> {
  const defaultUri = workspace.workspaceFolders?.[0]?.uri;
  const [chosen] =
    (await window.showOpenDialog({
      canSelectFiles: false,
      canSelectFolders: true,
      ...(defaultUri && { defaultUri }),
      openLabel: l10n.t("Check"),
      title: l10n.t("Check the certificate requests in a folder"),
    })) ?? [];
  return chosen;
}
