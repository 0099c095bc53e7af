import { arnResource } from '../aws-names.ts';
import type { TableStream } from '../dynamodb/table-stream.ts';
import { restoreStreams } from '../keep/keep.ts';
import type { DataStreams } from '../kinesis/data-streams.ts';
import { kinesisSource } from '../kinesis/kinesis-source.ts';
import type { Functions } from '../lambda/functions.ts';
import { beginMappings, calledBy, type EventSourceMapping } from '../mappings/event-source-mapping.ts';
import type { MappingReach, StreamMapping } from '../mappings/stream-mapping.ts';
import { type Positions, StreamPoller } from '../mappings/stream-poller.ts';
import type { StreamSource } from '../streams/stream-source.ts';
import { bringUpDataStreams } from './data-streams.ts';
import type { Site } from './site.ts';
import { readTableStreams } from './tables.ts';

export interface Streams {
  readonly ofData: DataStreams;
  readonly ofTables: readonly TableStream[];
  /** All of them, as mappings read them. */
  readonly sources: readonly StreamSource[];
}

/** The streams that the templates declare, of data and of tables. */
export function bringUpStreams(
  { blueprint, kept }: Pick<Site, 'blueprint' | 'kept'>,
  region: string,
): Streams {
  const ofData = bringUpDataStreams(blueprint, region);
  const ofTables = readTableStreams(blueprint, region);
  if (kept) restoreStreams({ dataStreams: ofData, tableStreams: ofTables }, kept);
  const data = ofData.names.map(StreamName => kinesisSource(ofData.find({ StreamName }), region));
  return { ofData, ofTables, sources: [...data, ...ofTables.map(stream => stream.source)] };
}

/** Gives the mappings, and how far they are. Pollers take nothing more, then functions end what they run, then pollers are done. */
export function startStreamPollers(
  { stops, report, kept, chaos }: Site,
  mappings: readonly StreamMapping[],
  {
    functions,
    sendUndelivered,
  }: { readonly functions: Functions; readonly sendUndelivered: MappingReach['sendUndelivered'] },
): { readonly begun: readonly EventSourceMapping[]; readonly positions: () => Positions } {
  const pollers = mappings.map(mapping => {
    const invoke = async (payload: string) => {
      const result = await functions.invoke(calledBy(mapping), payload);
      if (result.kind === 'error' || !chaos?.isBroughtTwice(arnResource(mapping.source.arn))) return result;
      return functions.invoke(calledBy(mapping), payload);
    };
    return new StreamPoller(mapping, { invoke, sendUndelivered, report }, kept?.positions);
  });
  stops.add(async () => {
    const stopping = pollers.map(poller => poller.stop());
    await functions.stop();
    await Promise.all(stopping);
  });
  return {
    begun: beginMappings(mappings, pollers, kept),
    positions: () => Object.assign({}, ...pollers.map(({ positions }) => positions)) as Positions,
  };
}
