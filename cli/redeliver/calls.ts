import type { GivenRecord, GivenUpBatch } from './given-up.ts';

/** Lambda takes events of less than 6 MB (AWS: "Request must be smaller than 6291456 bytes for the InvokeFunction operation"). */
export const callBytesMax = 6 * 1_048_576 - 1;

/** One invocation for records of a batch. */
export interface Call {
  readonly event: object;
  readonly records: readonly GivenRecord[];
  readonly bytes: number;
}

/** Invocations for records, in their order, each with as many as fit. One that does not fit is alone in a call that is too large. */
export function callsOf(
  { eventOf }: Pick<GivenUpBatch, 'eventOf'>,
  records: readonly GivenRecord[],
  bytesMax = callBytesMax,
): Call[] {
  const frame = Buffer.byteLength(JSON.stringify(eventOf([])));
  const groups: { records: GivenRecord[]; bytes: number }[] = [];
  for (const record of records) {
    const more = Buffer.byteLength(record.json) + 1;
    const last = groups.at(-1);
    if (last && last.bytes + more <= bytesMax) {
      last.records.push(record);
      last.bytes += more;
    } else groups.push({ records: [record], bytes: frame + more });
  }
  return groups.map(group => ({ ...group, event: eventOf(group.records) }));
}
