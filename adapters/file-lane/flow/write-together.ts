import { Tee } from './tee.ts';

/**
 * Runs writers side by side over one source, which is read once. When one fails, all do; what is under way is awaited, so that
 * no call outlives its caller, and the first failure is thrown.
 */
export async function writeTogether<
  T,
  const W extends readonly ((items: AsyncIterable<T>) => Promise<unknown>)[],
>(source: AsyncIterable<T>, writers: W): Promise<{ -readonly [K in keyof W]: Awaited<ReturnType<W[K]>> }> {
  const tee = new Tee(source, writers.length);
  const failures: unknown[] = [];
  const results = await Promise.all(
    writers.map(async write => {
      try {
        return await write(tee.reader());
      } catch (error) {
        failures.push(error);
        await tee.fail(error);
        return undefined;
      }
    }),
  );
  if (failures.length > 0) throw failures[0];
  return results as { -readonly [K in keyof W]: Awaited<ReturnType<W[K]>> };
}
