/**
 * The first record that a handler with ReportBatchItemFailures gives back, by the lowest sequence number it names: the
 * shard is read again from there. `all` when its answer cannot be read, or names a record that was not in the batch.
 */
export function firstFailure(payload: string, batch: readonly string[]): number | 'all' | undefined {
  const answer = JSON.parse(payload) as { batchItemFailures?: unknown } | null;
  const failures = answer?.batchItemFailures ?? [];
  if (!Array.isArray(failures)) return 'all';
  if (failures.length === 0) return undefined;
  const places = failures.map((failure: { itemIdentifier?: string } | null) =>
    batch.indexOf(failure?.itemIdentifier ?? ''),
  );
  const lowest = Math.min(...places);
  return lowest < 0 ? 'all' : lowest;
}
