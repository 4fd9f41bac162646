/**
 * An error whose message is a whole sentence with its remedy, fit to be shown to a person as it is; `detail` holds the
 * words of the host or library for *Show Details* and logs. Told apart by its `name`, so that it survives bundles and workers.
 */
export class HumanError extends Error {
  override readonly name = "HumanError";

  constructor(
    message: string,
    readonly detail?: string,
  ) {
    super(message);
  }

  /** Whether an unknown thrown value is a {@link HumanError}. */
  static is(error: unknown): error is HumanError {
    return error instanceof Error && error.name === "HumanError";
  }
}
