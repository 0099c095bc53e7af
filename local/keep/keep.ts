import type { Item } from '../dynamodb/item.ts';
import type { TableStream } from '../dynamodb/table-stream.ts';
import type { Tables } from '../dynamodb/tables.ts';
import type { FenceDescription } from '../fence-description.ts';
import type { DataStreams } from '../kinesis/data-streams.ts';
import type { Keys } from '../kms/keys.ts';
import type { EventSourceMapping } from '../mappings/event-source-mapping.ts';
import type { Positions } from '../mappings/stream-poller.ts';
import type { Store } from '../s3/store.ts';
import type { Secrets } from '../secrets/secrets.ts';
import type { Queues } from '../sqs/queues.ts';
import { form, type KeptState } from './kept-state.ts';

/** The parts of a cloud that have a state. */
export interface StatefulParts {
  readonly store: Store;
  readonly queues: Queues;
  readonly tables: Tables;
  readonly tableNames: readonly string[];
  readonly dataStreams: DataStreams;
  readonly tableStreams: readonly TableStream[];
  readonly mappings: readonly EventSourceMapping[];
  readonly secrets: Secrets;
  readonly keys: Keys;
  readonly fences: readonly FenceDescription[];
}

/**
 * The state of a cloud whose queues are stopped and whose functions have ended. What an earlier cloud kept of resources that the
 * templates do not declare any more stays, as AWS retains it.
 */
export async function keptState(
  parts: StatefulParts,
  positions: Positions,
  before: KeptState | undefined,
): Promise<KeptState> {
  const tables: Record<string, KeptState['tables'][string]> = {};
  for (const name of parts.tableNames) {
    const items: Item[] = [];
    for await (const item of parts.tables.scan(name, {})) items.push(item);
    tables[name] = items;
  }
  return {
    form,
    buckets: {
      ...before?.buckets,
      ...Object.fromEntries(parts.store.buckets.map(bucket => [bucket.settings.name, bucket.kept])),
    },
    queues: { ...before?.queues, ...parts.queues.kept },
    tables: { ...before?.tables, ...tables },
    dataStreams: {
      ...before?.dataStreams,
      ...Object.fromEntries(
        parts.dataStreams.names.map(name => [name, parts.dataStreams.find({ StreamName: name }).kept]),
      ),
    },
    tableStreams: {
      ...before?.tableStreams,
      ...Object.fromEntries(parts.tableStreams.map(stream => [stream.spec.table, stream.kept])),
    },
    positions: { ...before?.positions, ...positions },
    mappings: {
      ...before?.mappings,
      ...Object.fromEntries(parts.mappings.map(({ declared, state }) => [declared.id, state])),
    },
    secrets: { ...before?.secrets, ...parts.secrets.kept },
    keys: { ...before?.keys, ...parts.keys.kept },
    fences: {
      ...before?.fences,
      ...Object.fromEntries(
        parts.fences.map(({ id, secrets, tenantSecrets }) => [id, { secrets, tenantSecrets }]),
      ),
    },
  };
}

/** The fences with the keys that they had, so that senders need no new ones. */
export const withKeptKeys = (
  fences: readonly FenceDescription[],
  { fences: kept }: KeptState,
): readonly FenceDescription[] =>
  fences.map(fence => {
    const keys = kept[fence.id];
    return keys && Boolean(keys.tenantSecrets) === Boolean(fence.tenantSecrets)
      ? { ...fence, secrets: keys.secrets, ...(keys.tenantSecrets && { tenantSecrets: keys.tenantSecrets }) }
      : fence;
  });

/** Gives streams back their records, before their readers are made. */
export function restoreStreams(
  { dataStreams, tableStreams }: Pick<StatefulParts, 'dataStreams' | 'tableStreams'>,
  kept: KeptState,
): void {
  for (const name of dataStreams.names) {
    const records = kept.dataStreams[name];
    if (records) dataStreams.find({ StreamName: name }).restore(records);
  }
  for (const stream of tableStreams) {
    const records = kept.tableStreams[stream.spec.table];
    if (records) stream.restore(records);
  }
}

/** Gives the other parts back what they had, before anything reads them. Resources that are new begin empty. */
export async function restoreParts(parts: Omit<StatefulParts, 'mappings'>, kept: KeptState): Promise<void> {
  for (const bucket of parts.store.buckets) {
    const objects = kept.buckets[bucket.settings.name];
    if (objects) bucket.restore(objects);
  }
  for (const name of parts.tableNames) await parts.tables.restore(name, kept.tables[name] ?? []);
  for (const { name } of parts.secrets.all()) {
    const versions = kept.secrets[name];
    if (versions) parts.secrets.restore(name, versions);
  }
  parts.keys.restore(kept.keys);
  for (const name of parts.queues.names) await parts.queues.restore(name, kept.queues[name] ?? []);
}
