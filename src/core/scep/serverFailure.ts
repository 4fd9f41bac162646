/** Ends an enrolment with a sentence because the server did not play its part. */
export class ServerFailure extends Error {
  constructor(
    message: string,
    readonly detail?: string,
  ) {
    super(message);
  }
}
