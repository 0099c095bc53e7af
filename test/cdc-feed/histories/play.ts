import { FeedSimulator } from '../flow/simulator.ts';
import type { PutRecord } from '../flow/stream-events.ts';
import { endOf, type ThingEvent } from '../flow/thing-feeds.ts';
import { Database, type Logged } from './database.ts';
import { delivered } from './delivery.ts';
import { Luck } from './luck.ts';
import type { Way } from './ways.ts';

/** How a random history ended. */
export interface Played {
  /** Consumers hold what the database holds. */
  readonly isTrue: boolean;
  readonly truth: Readonly<Record<string, unknown>>;
  readonly end: Readonly<Record<string, unknown>>;
  /** Times that the database's log was set back, and times that the feed stopped with an alarm until the epoch was raised. */
  readonly falls: number;
  readonly stops: number;
  /** What else went wrong: records that were never read, quarantined, or lost from the books. */
  readonly troubles: readonly string[];
}

/** Plays the history of a seed: a database, its connector, the stream, the feed, the operator, the bus and a consumer. */
export async function play(way: Way, seed: number): Promise<Played> {
  const luck = new Luck(seed);
  const database = new Database(luck, way.traits);
  database.fill();
  const steps = luck.between(5, 40);
  for (let i = 0; i < steps; i++) database.step();
  const feeds: Reading[] = [];
  const write = way.writer(luck);
  for (const log of streamsOf(way, database.log)) {
    const records = delivered(luck, log, way.habits).map(write);
    feeds.push(await read(way, luck, records));
  }
  const events = feeds.flatMap(({ simulator }) => simulator.facts() as ThingEvent[]);
  const end = await endOf(luck.shuffled([...events, ...events]));
  const truth = Object.fromEntries([...database.rows].map(([id, v]) => [String(id), v]));
  return {
    isTrue: isSame(end, truth),
    ...{ truth, end, falls: database.falls },
    stops: feeds.reduce((sum, { stops }) => sum + stops, 0),
    troubles: feeds.flatMap(({ simulator }) => troublesOf(simulator)),
  };
}

function streamsOf({ streamPerLog }: Way, log: readonly Logged[]): readonly (readonly Logged[])[] {
  if (!streamPerLog) return [log];
  const numbers = [...new Set(log.map(({ place }) => place.log))];
  return numbers.map(number => log.filter(({ place }) => place.log === number));
}

interface Reading {
  readonly simulator: FeedSimulator;
  readonly stops: number;
}

/** Reads a stream to its end. Where the feed stops with the alarm, the operator raises the epoch, as the runbook says. */
async function read(way: Way, luck: Luck, records: readonly PutRecord[]): Promise<Reading> {
  const simulator = new FeedSimulator(way.feed(0), {
    batchRecords: () => luck.between(1, 12),
    failuresMax: 6,
  });
  letBusFail(simulator, luck);
  let stops = 0;
  await simulator.put(...records).run();
  for (let tries = 0; simulator.left > 0 && tries < 20; tries++) {
    const isStopped = simulator.lines('batch stopped').at(-1)?.fields.code === 'POSITION_FELL';
    if (isStopped) simulator.deploy(way.feed(++stops));
    await simulator.run();
  }
  // A checkpoint is lost: the stream brings everything again.
  if (luck.chance(0.3)) await simulator.rewind().run();
  return { simulator, stops };
}

/** At first the bus refuses, or does not answer, some entries. */
function letBusFail({ ports }: FeedSimulator, luck: Luck): void {
  let entries = 0;
  ports.bus.answer = () => {
    if (++entries > 60 || luck.chance(0.8)) return { kind: 'accepted' };
    return luck.chance(0.5)
      ? { kind: 'throttled', reason: 'slow down' }
      : { kind: 'unknown', reason: 'timeout', taken: luck.chance(0.5) };
  };
}

function troublesOf(simulator: FeedSimulator): string[] {
  return [
    ...(simulator.left > 0 ? [`${simulator.left} records were not read`] : []),
    ...simulator.quarantined().map(({ code, detail }) => `quarantined: ${code}, ${detail}`),
    ...simulator.lines('books unbalanced').map(() => 'books unbalanced'),
  ];
}

const isSame = (one: object, other: object): boolean => sorted(one) === sorted(other);
const sorted = (of: object): string =>
  JSON.stringify(Object.entries(of).sort(([one], [other]) => (one < other ? -1 : 1)));

/** What is wrong with a history; undefined where nothing is. */
export function problemOf({ isTrue, truth, end, falls, stops, troubles }: Played): string | undefined {
  if (troubles.length > 0) return [...new Set(troubles)].join('; ');
  if (stops > falls) return `stopped ${stops} times, though the log fell ${falls} times`;
  return isTrue ? undefined : `consumers end at ${JSON.stringify(end)}, not at ${JSON.stringify(truth)}`;
}
