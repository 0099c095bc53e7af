import { decoder } from '#adapters/cdc-feed/core/change/decode.ts';
import { parseRecord, parseWithSchema } from '#adapters/cdc-feed/core/change/record-text.ts';
import { examiner } from '#adapters/cdc-feed/core/feed/examine.ts';
import type { RecordOrigin } from '#adapters/cdc-feed/core/feed/record-origin.ts';
import { bytesOf } from '#test/cdc-feed/flow/stream-events.ts';
import { type FormName, forms, recordsOf } from '../feed/records.ts';
import { StageClock } from './stage-clock.ts';

/** CPU a change of the steps of one feed, in blocks that take turns in one process: `feed <form>`. Each step holds the ones before it. */
export interface FeedCpu {
  readonly bytes: number;
  /** Microseconds a change: JSON.parse alone; our lossless reading; decoding; all up to the serialised event. */
  readonly parse: number;
  readonly read: number;
  readonly decode: number;
  readonly whole: number;
}

const rounds = 12;
const warmUps = 4;
const blockSize = 1_000;

const name = process.argv[2] as FormName;
const { feed } = forms[name];
const records = recordsOf(name, blockSize).map((put, i) => ({
  data: bytesOf(put),
  ...(put.partitionKey !== undefined && { key: Buffer.from(put.partitionKey) }),
  streamSequence: String(10n ** 30n + BigInt(i)),
}));
const placed = records.map((record, i) => {
  const origin: RecordOrigin = {
    place: `${feed.id}/shardId-000000000006/${10n ** 30n + BigInt(i)}`,
    arrivedAt: '2026-11-02T08:11:01.000Z',
    rawRef: `s3://raw/${feed.id}/shardId-000000000006/records#bytes=${i * 900}-${i * 900 + 899}`,
    rawHash: '0123456789abcdef'.repeat(4),
  };
  return { record, origin };
});
const examine = examiner(feed);
const decode = decoder(feed.source);
const read = feed.source.kind === 'debezium' ? parseWithSchema : parseRecord;

const steps = {
  parse: () => records.map(({ data }) => JSON.parse(data.toString())),
  read: () => records.map(({ data }) => read(data)),
  decode: () => records.map(record => decode(record)),
  whole: () => placed.map(({ record, origin }) => examine(record, origin)),
};
type Step = keyof typeof steps;
const names = Object.keys(steps) as Step[];

for (const { result } of steps.whole())
  if (result.kind !== 'events') throw new Error(`a change ended ${result.kind}`);
for (let round = 0; round < warmUps; round++) for (const step of names) steps[step]();
const clock = new StageClock(names);
for (let round = 0; round < rounds; round++) for (const step of names) clock.time<unknown>(step, steps[step]);

const bytes = records.reduce((sum, { data }) => sum + data.length, 0) / blockSize;
const perChange = names.map(step => [step, clock.microseconds[step] / (rounds * blockSize)]);
process.stdout.write(JSON.stringify({ bytes, ...Object.fromEntries(perChange) }));
