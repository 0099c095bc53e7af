import type { CdcFeed } from '#adapters/cdc-feed/contract/cdc-feed.ts';
import type { DataStream } from '#adapters/cdc-feed/contract/cdc-stream.ts';
import { isPattern } from '#adapters/cdc-feed/contract/table-name.ts';

/**
 * Kinesis lets a shard be read five times a second by all that read it together, and Lambda reads it once a second for each feed. One is left
 * for people. Source: Kinesis Data Streams quotas.
 */
const readersMax = 4;

type DataFeed = CdcFeed & { readonly stream: DataStream };

/**
 * Holds feeds that read one stream to what keeps its records: each table has one feed, and what no feed knows is quarantined by the feed whose
 * stack makes the stream. See docs/decisions/0101-several-feeds-on-one-stream.md.
 * @throws Error that says what to change
 */
export function checkStreams(feeds: readonly CdcFeed[]): void {
  const byName = new Map<string, DataFeed[]>();
  for (const feed of feeds.filter(isOfDataStream))
    byName.set(feed.stream.name, [...(byName.get(feed.stream.name) ?? []), feed]);
  for (const [name, sharing] of byName) {
    const problem = problemOf(name, sharing);
    if (problem !== undefined) throw new Error(problem);
  }
}

const isOfDataStream = (feed: CdcFeed): feed is DataFeed => feed.stream.kind === 'kinesis';

function problemOf(name: string, sharing: readonly DataFeed[]): string | undefined {
  const [maker, second] = sharing.filter(({ stream }) => stream.madeBy === undefined);
  const readers = sharing.filter(({ stream }) => stream.madeBy !== undefined);
  if (maker && second)
    return `${maker.id} and ${second.id} have the same stream ${name}. Give one another name, or write stream.madeBy: '${maker.id}' into ${second.id}, so that both read one`;
  if (sharing.length > readersMax)
    return `${sharing.length} feeds read the stream ${name}; at most ${readersMax} can read one in time`;
  const lost = readers.find(({ stream }) => stream.madeBy !== maker?.id);
  if (lost)
    return `${lost.id}: stream.madeBy: '${lost.stream.madeBy}' is no feed that makes the stream ${name}`;
  return readers.length === 0 || maker === undefined
    ? undefined
    : (doubleTable(sharing) ??
        silentSkip(maker, readers) ??
        readers.map(reader => unlike(maker, reader)).find(it => it !== undefined));
}

function doubleTable(sharing: readonly DataFeed[]): string | undefined {
  const seen = new Map<string, string>();
  for (const { id, tables } of sharing)
    for (const table of Object.keys(tables)) {
      const other = seen.get(table);
      if (other !== undefined)
        return `${other} and ${id} read the same table ${table} of one stream; leave it to one of them`;
      seen.set(table, id);
    }
  return undefined;
}

/** The maker skips by name what the others read, and nothing else by pattern, so that a table of no feed is quarantined there. */
function silentSkip(maker: DataFeed, readers: readonly DataFeed[]): string | undefined {
  const read = readers.flatMap(({ id, tables }) => Object.keys(tables).map(table => [table, id] as const));
  const missing = read.find(([table]) => !Object.hasOwn(maker.skipTables, table));
  if (missing)
    return `${maker.id}: add '${missing[0]}' to skipTables: feed ${missing[1]} reads it from the stream that ${maker.id} makes`;
  const wide = Object.keys(maker.skipTables).find(
    table => isPattern(table) && !read.some(([known]) => known === table),
  );
  return wide === undefined
    ? undefined
    : `${maker.id}: skipTables has the pattern '${wide}', and makes a stream that other feeds read. Name the tables: a table of no feed would be lost without notice`;
}

function unlike(maker: DataFeed, { id, source, stream }: DataFeed): string | undefined {
  if (source.kind !== maker.source.kind)
    return `${id}: the stream ${stream.name} carries what ${maker.source.kind} writes, not ${source.kind}`;
  const { shards, retentionHours } = maker.stream;
  return stream.shards === shards && stream.retentionHours === retentionHours
    ? undefined
    : `${id}: stream.shards and stream.retentionHours must be those of ${maker.id}: ${shards} and ${retentionHours}`;
}
