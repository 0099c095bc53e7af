import { setTimeout as sleep } from 'node:timers/promises';
import type { LoggedRecord } from '../streams/record-log.ts';
import type { SourceShard } from '../streams/stream-source.ts';
import { firstFailure } from './stream-failures.ts';
import type { Condition, MappingReach, StreamMapping } from './stream-mapping.ts';

export interface BatchPlace {
  readonly mapping: StreamMapping;
  readonly shard: SourceShard;
  readonly reach: MappingReach;
  /** Nothing that is answered counts any more. */
  readonly stop: AbortSignal;
  /** Nothing more is tried: it stops, or rests. */
  readonly signal: AbortSignal;
}

/** Records that are tried together. */
interface Part {
  readonly records: readonly LoggedRecord[];
  readonly retries: number;
  readonly invokes: number;
}

/** Lambda waits longer; nobody does at a laptop. */
const firstPauseMilliseconds = 100;
const pauseMillisecondsMax = 5_000;

/**
 * Tries until every record is done or undelivered, as Lambda does: a reported failure is where it goes on, an error halves the
 * batch (which is no retry), and what is too old or was tried too often goes to the failure destination.
 * Source: https://docs.aws.amazon.com/lambda/latest/dg/kinesis-on-failure-destination.html
 * False: it was ended before.
 */
export async function settleBatch(place: BatchPlace, records: readonly LoggedRecord[]): Promise<boolean> {
  const parts: Part[] = [{ records, retries: 0, invokes: 0 }];
  for (let part = parts.shift(); part; part = parts.shift()) {
    if (place.signal.aborted) return false;
    parts.unshift(...(await settlePart(place, part)));
  }
  return !place.stop.aborted;
}

/** What is left to do. */
async function settlePart(place: BatchPlace, part: Part): Promise<readonly Part[]> {
  const fresh = part.records.filter(record => !isTooOld(place.mapping, record));
  if (fresh.length < part.records.length) {
    const old = part.records.filter(record => !fresh.includes(record));
    await sendUndelivered(place, { ...part, records: old }, 'RecordAgeExceeded');
    return fresh.length > 0 ? [{ ...part, records: fresh }] : [];
  }
  const failedAt = await invoke(place, part);
  if (failedAt === undefined) return [];
  if (failedAt !== 'all' && failedAt > 0) {
    await pause(place, 0);
    return [{ records: part.records.slice(failedAt), retries: 0, invokes: 0 }];
  }
  if (failedAt === 'all' && place.mapping.bisects && part.records.length > 1) return halves(part);
  return retry(place, part);
}

const isTooOld = ({ recordAgeSecondsMax }: StreamMapping, { arrivedAt }: LoggedRecord): boolean =>
  recordAgeSecondsMax !== undefined && Date.now() - arrivedAt > recordAgeSecondsMax * 1000;

/** Index of the first record that failed, `all` when nothing is known of single ones, undefined when none did. */
async function invoke({ mapping, shard, reach, stop }: BatchPlace, { records }: Part) {
  const Records = records.map(record => shard.eventOf(record));
  const result = await reach.invoke(JSON.stringify({ Records }));
  if (stop.aborted) return undefined;
  if (result.kind === 'error') {
    reach.report(`${mapping.functionName}: ${result.errorType}: ${result.errorMessage}`);
    return 'all';
  }
  if (!mapping.reportsItemFailures) return undefined;
  return firstFailure(
    result.payload,
    records.map(record => record.sequenceNumber),
  );
}

function halves({ records, ...tried }: Part): Part[] {
  const middle = Math.ceil(records.length / 2);
  return [
    { ...tried, records: records.slice(0, middle) },
    { ...tried, records: records.slice(middle) },
  ];
}

async function retry(place: BatchPlace, part: Part): Promise<readonly Part[]> {
  const { retriesMax } = place.mapping;
  const tried = { ...part, invokes: part.invokes + 1 };
  if (retriesMax !== undefined && part.retries >= retriesMax) {
    await sendUndelivered(place, tried, 'RetryAttemptsExhausted');
    return [];
  }
  await pause(place, part.retries);
  return [{ ...tried, retries: part.retries + 1 }];
}

const pause = ({ signal }: BatchPlace, retries: number): Promise<void> =>
  sleep(Math.min(firstPauseMilliseconds * 2 ** retries, pauseMillisecondsMax), undefined, { signal });

async function sendUndelivered(
  { mapping, shard, reach }: BatchPlace,
  part: Part,
  condition: Condition,
): Promise<void> {
  reach.report(
    `${mapping.functionName}: ${part.records.length} records of ${shard.id} are undelivered: ${condition}`,
  );
  const { records, invokes } = part;
  await reach.sendUndelivered({ mapping, shard, records, condition, invokes });
}
