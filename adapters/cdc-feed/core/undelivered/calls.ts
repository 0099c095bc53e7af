import type { UndeliveredBatch, UndeliveredRecord } from './undelivered-batch.ts';

/** Lambda accepts events of less than 6 MB (AWS: "Request must be smaller than 6291456 bytes for the InvokeFunction operation"). */
export const callBytesMax = 6 * 1_048_576 - 1;

/** One invocation for records of a batch. */
export interface Call {
  readonly event: object;
  readonly records: readonly UndeliveredRecord[];
  readonly bytes: number;
}

/** Invocations for records, in order, each with as many as fit. A record that does not fit is alone in a call that is too large. */
export function callsOf(
  { eventOf }: Pick<UndeliveredBatch, 'eventOf'>,
  records: readonly UndeliveredRecord[],
  bytesMax = callBytesMax,
): Call[] {
  const frame = Buffer.byteLength(JSON.stringify({ ...eventOf([]), redelivery: true }));
  const groups: { records: UndeliveredRecord[]; bytes: number }[] = [];
  for (const record of records) {
    const more = Buffer.byteLength(record.json) + 1;
    const last = groups.at(-1);
    if (last && last.bytes + more <= bytesMax) {
      last.records.push(record);
      last.bytes += more;
    } else groups.push({ records: [record], bytes: frame + more });
  }
  // Asks the function for the reasons too.
  return groups.map(group => ({ ...group, event: { ...eventOf(group.records), redelivery: true } }));
}
