import { hash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { CdcFeed } from '#adapters/cdc-feed/contract/cdc-feed.ts';
import { examiner } from '#adapters/cdc-feed/core/feed/examine.ts';
import {
  type FeedSimulation,
  feedSimulations,
  type RecordFacts,
  type RecordsEnd,
  type SimulatedRecord,
  type SimulatedWrite,
} from '#adapters/cdc-feed/derive/feed-simulation.ts';
import { changeAt } from '#adapters/cdc-feed/derive/simulated-change.ts';
import type { FeedDescription } from '#local/cloud-description.ts';
import { itemAt } from '#shared/contract/item-at.ts';
import type { Cloud } from '../demo/cloud.ts';
import { FeedCloud } from '../demo/feeds/feed-cloud.ts';
import { bytesOf, feedSamplesOf, type SampleRecord } from '../demo/feeds/feed-samples.ts';
import { putAndSettle } from '../demo/feeds/put-and-settle.ts';
import { writeOf } from '../demo/feeds/table-writes.ts';
import { Failure } from '../edge/failure.ts';
import { type PartEnd, playCases, type Simulated, type SimulationOrder, simulated } from './simulation.ts';
import { writeAsStranger } from './write-as-stranger.ts';

/** Plays the cases one after the other, as the feed's database. @throws Failure where the local cloud cannot bring the feed records. */
export async function simulateFeed(
  { description }: Cloud,
  feed: CdcFeed,
  order: SimulationOrder,
): Promise<readonly Simulated[]> {
  const place = description.feeds.find(({ id }) => id === feed.id);
  if (!place) throw new Failure(`${feed.id} is not up. Start it: npm start`, 2);
  if (place.kind === 'kafka')
    throw new Failure(`${feed.id} reads Kafka, which the local cloud does not have.`, 2);
  const cloud = new FeedCloud(description);
  const samples = sampleRecords(feed, place);
  const writeStrangely = (record: SampleRecord) => writeAsStranger(description, place, record);
  try {
    return await playCases(feedSimulations(feed, samples), order, (simulation, repetition) =>
      play(simulation, {
        ...{ cloud, feed, place, samples, writeStrangely },
        token: hash('sha256', `${order.seed}-${repetition}`),
        // No position of a sample is as high, and later simulations begin higher.
        firstPosition: Date.now() * 1_000,
      }),
    );
  } finally {
    cloud.stop();
  }
}

type KnownRecord = RecordFacts & { readonly record: SampleRecord };

/** Records of the feed's samples, and what becomes of each. */
function sampleRecords(feed: CdcFeed, { kind, stream }: FeedDescription): readonly KnownRecord[] {
  const examine = examiner(feed);
  const origin = { place: 'sample', arrivedAt: new Date().toISOString(), rawRef: '', rawHash: '' };
  return feedSamplesOf(feed.id).flatMap(({ records, faults }) =>
    records.flatMap((record, at): KnownRecord[] => {
      if (changeAt(feed, record.data, anyMoment) === undefined) return [];
      if (kind === 'dynamodb' && !writeOf(record, stream)) return [];
      const code = faults.find(fault => fault.record === at + 1)?.code;
      const { result } = examine({ data: bytesOf(record), streamSequence: '1' }, origin);
      const isPublished = code === undefined && result.kind === 'events' && result.events.length === 1;
      const other = code === undefined ? 'other' : 'quarantined';
      return [{ record, code, outcome: isPublished ? 'published' : other, isNamed: isNamed(feed, record) }];
    }),
  );
}

const anyMoment = { position: 1, committedAt: 0, token: '' };

const isNamed = ({ source }: CdcFeed, { data }: SampleRecord): boolean =>
  source.kind !== 'dms' || JSON.stringify(data).includes('"transaction-id"');

interface Database {
  readonly cloud: FeedCloud;
  readonly feed: CdcFeed;
  readonly place: FeedDescription;
  readonly samples: readonly KnownRecord[];
  readonly token: string;
  readonly firstPosition: number;
  readonly writeStrangely: (record: SampleRecord) => Promise<string | undefined>;
}

async function play(simulation: FeedSimulation, database: Database): Promise<Simulated> {
  const parts: PartEnd[] = [];
  const ids = new Set<string>();
  for (const write of simulation.writes)
    parts.push({
      expected: write.expected.map(inWords),
      seen: inWords(await playWrite(write, database, ids)),
    });
  return simulated(simulation, parts);
}

const pauseMilliseconds = 400;

/** `ids`: of events that the case published so far. */
async function playWrite(
  { records, isStranger }: SimulatedWrite,
  database: Database,
  ids: Set<string>,
): Promise<RecordsEnd> {
  const { cloud, place, writeStrangely } = database;
  const written = records.map(record => recordOf(record, database));
  if (isStranger) {
    const before = await cloud.tally(place);
    const code = await writeStrangely(itemAt(written, 0, 'record'));
    await sleep(pauseMilliseconds);
    const { received } = await cloud.tally(place);
    return { code, ...(received > before.received && { published: received - before.received }) };
  }
  const { tally, events, quarantined } = await putAndSettle(cloud, place, {
    name: 'simulated',
    records: written,
  });
  const repeated = events.filter(({ detail }) => !isNew(ids, String(detail.id))).length;
  return {
    ...{ published: tally.published - repeated, repeated },
    ...{ duplicate: tally.duplicate, quarantined: tally.quarantined },
    code: quarantined[0]?.code,
  };
}

function isNew(ids: Set<string>, id: string): boolean {
  if (ids.has(id)) return false;
  ids.add(id);
  return true;
}

function recordOf(
  { sample, position, committedSecondsAgo, change }: SimulatedRecord,
  { feed, samples, token, firstPosition }: Database,
): SampleRecord {
  const { record } = itemAt(samples, sample, 'sample');
  const moment = {
    ...{ position: firstPosition + position, token: `${token}${position}` },
    committedAt: Math.floor(firstPosition / 1_000) - committedSecondsAgo * 1_000,
    isOtherTable: change === 'other-table',
  };
  const data = changeAt(feed, record.data, moment) as SampleRecord['data'];
  const text = JSON.stringify(data);
  return { ...record, data: change === 'cut' ? text.slice(0, text.length / 2) : data };
}

const inWords = ({ published = 0, repeated = 0, duplicate = 0, quarantined = 0, code }: RecordsEnd): string =>
  [
    ...(published > 0 ? [`${published} published`] : []),
    ...(repeated > 0 ? [`${repeated} published again`] : []),
    ...(duplicate > 0 ? [`${duplicate} duplicate`] : []),
    ...(quarantined > 0 ? [`${quarantined} quarantined ${code}`] : []),
    ...(code !== undefined && quarantined === 0 ? [`refused ${code}`] : []),
  ].join(', ') || 'nothing';
