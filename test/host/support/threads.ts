/** How many worker threads the extension host starts while some work is done. */
export async function threadsStartedBy(work: () => PromiseLike<unknown>): Promise<number> {
  let started = 0;
  const count = (): void => {
    started++;
  };
  process.on("worker", count);
  try {
    await work();
  } finally {
    process.off("worker", count);
  }
  return started;
}
