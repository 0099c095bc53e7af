import type { CdcFeed } from '#adapters/cdc-feed/contract/cdc-feed.ts';
import type { OnShard, PutRecord } from '#test/cdc-feed/flow/stream-events.ts';
import { Database } from '#test/cdc-feed/histories/database.ts';
import { delivered } from '#test/cdc-feed/histories/delivery.ts';
import { Luck } from '#test/cdc-feed/histories/luck.ts';
import { type Way, ways } from '#test/cdc-feed/histories/ways.ts';
import type { Random } from '../shared/random.ts';

export interface Scenario {
  readonly way: Way;
  readonly records: readonly OnShard[];
  /** What the database holds at the end, by id. */
  readonly truth: Readonly<Record<string, unknown>>;
  /** Times that the database's log was set back. */
  readonly falls: number;
  /** Records that nobody can read. */
  readonly broken: number;
  readonly batchRecords: number;
}

/** A database with a random history, and its changes as they came on the shard. */
export function makeScenario(random: Random): Scenario {
  const luck = new Luck(random.between(1, 2 ** 31));
  const way = luck.pick(ways.filter(({ streamPerLog }) => !streamPerLog));
  const database = new Database(luck, way.traits);
  database.fill();
  const steps = luck.between(5, 40);
  for (let i = 0; i < steps; i++) database.step();
  const good = delivered(luck, database.log, way.habits).map(way.writer(luck));
  const broken = random.chance(0.2) ? random.between(1, 2) : 0;
  const feed = way.feed(0);
  return {
    way,
    records: withBroken(random, good, broken).map((record, i) => onShard(feed, record, i + 1)),
    truth: Object.fromEntries([...database.rows].map(([id, v]) => [String(id), v])),
    falls: database.falls,
    broken,
    batchRecords: random.between(1, 12),
  };
}

function withBroken(random: Random, good: readonly PutRecord[], broken: number): readonly PutRecord[] {
  const records = [...good];
  for (let i = 0; i < broken; i++)
    records.splice(random.between(0, records.length), 0, { partitionKey: 'x', data: `{"broken": ${i}` });
  return records;
}

function onShard({ stream }: CdcFeed, record: PutRecord, number: number): OnShard {
  const sequenceNumber = stream.kind === 'kinesis' ? `4959${number}`.padStart(56, '0') : `${number}`;
  return { ...record, sequenceNumber, arrivedAtSeconds: 1_767_600_000 + number };
}
