/** Does something with every item, `most` at a time, and gives the results in the items' order; for programs that are started by the hundred. */
export async function inTurns<T, R>(items: readonly T[], work: (item: T) => Promise<R>, most = 4): Promise<R[]> {
  const results: R[] = [];
  let next = 0;
  const worker = async (): Promise<void> => {
    for (let index = next++; index < items.length; index = next++) {
      const item = items[index];
      if (item !== undefined) results[index] = await work(item);
    }
  };
  await Promise.all(Array.from({ length: Math.min(most, items.length) }, worker));
  return results;
}
