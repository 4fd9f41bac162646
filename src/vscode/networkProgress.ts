import { ProgressLocation, window } from "vscode";

/** Tells the person what is going on now. */
export type Announce = (step: string) => void;

/**
 * Runs something that talks to a network under a progress notification with Cancel, which aborts the signal.
 *
 * @param title what is being done: "Get CA Capabilities: NDES Lab"
 */
export function withNetworkProgress<T>(
  title: string,
  run: (signal: AbortSignal, announce: Announce) => Promise<T>,
): Thenable<T> {
  return window.withProgress(
    { location: ProgressLocation.Notification, title, cancellable: true },
    async (progress, token) => {
      const aborter = new AbortController();
      const subscription = token.onCancellationRequested(() => aborter.abort());
      try {
        return await run(aborter.signal, (message) => progress.report({ message }));
      } finally {
        subscription.dispose();
      }
    },
  );
}
