import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Item } from '../dynamodb/item.ts';
import type { KeptTableStream } from '../dynamodb/table-stream.ts';
import type { KeptDataStream } from '../kinesis/data-stream.ts';
import type { MappingState } from '../mappings/event-source-mapping.ts';
import type { KeptBucket } from '../s3/bucket.ts';
import type { FenceKeys } from '../secrets/fence-keys.ts';
import type { KeptSecret } from '../secrets/secrets.ts';
import type { KeptMessage } from '../sqs/kept-message.ts';

type Named<T> = Readonly<Record<string, T>>;

/** What a cloud keeps when it stops, by the names of the resources. Bodies of objects and the log of events are files beside it. */
export interface KeptState {
  readonly form: typeof form;
  readonly buckets: Named<KeptBucket>;
  readonly queues: Named<readonly KeptMessage[]>;
  readonly tables: Named<readonly Item[]>;
  readonly dataStreams: Named<KeptDataStream>;
  readonly tableStreams: Named<KeptTableStream>;
  /** How far the readers of shards are, by mapping, shard and reader. */
  readonly positions: Named<number>;
  /** States of event source mappings. An older release kept none. */
  readonly mappings?: Named<MappingState>;
  readonly secrets: Named<KeptSecret>;
  /** Keys that sign, by ARN: PEM. */
  readonly keys: Named<string>;
  /** The keys of fences, by integration. */
  readonly fences: Named<KeptFenceKeys>;
}

export interface KeptFenceKeys {
  readonly secrets: FenceKeys;
  readonly tenantSecrets?: Named<FenceKeys> | undefined;
}

/** Changes when the state of an older release cannot be read any more. */
export const form = 1;

const pathIn = (stateDir: string): string => join(stateDir, 'state', 'kept.json');

/** The whole file or none. */
export function writeKeptState(stateDir: string, kept: KeptState): void {
  const path = pathIn(stateDir);
  writeFileSync(`${path}.tmp`, JSON.stringify(kept));
  renameSync(`${path}.tmp`, path);
}

/**
 * The state of the last cloud. Undefined when there is none, because the last one did not end in order, or none was up.
 * @throws Error when another release wrote it.
 */
export function readKeptState(stateDir: string): KeptState | undefined {
  const path = pathIn(stateDir);
  if (!existsSync(path)) return undefined;
  const kept = JSON.parse(readFileSync(path, 'utf8')) as KeptState;
  if (kept.form !== form)
    throw new Error(`${path} was written by another release. Start without --keep: the state is then empty.`);
  return kept;
}

/** From now on the cloud itself has the state: what was kept grows old. */
export const forgetKeptState = (stateDir: string): void => rmSync(pathIn(stateDir), { force: true });
