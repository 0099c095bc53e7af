import { createHash } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { type LoggedRecord, RecordLog } from '../streams/record-log.ts';
import type { SourceShard, StreamSource } from '../streams/stream-source.ts';
import { type Item, partOf } from './item.ts';

export type StreamViewType = 'KEYS_ONLY' | 'NEW_IMAGE' | 'OLD_IMAGE' | 'NEW_AND_OLD_IMAGES';

export interface TableStreamSpec {
  readonly table: string;
  readonly arn: string;
  readonly keys: readonly string[];
  readonly viewType: StreamViewType;
}

/** One item as it was and as it is; undefined where there is none. */
export interface ItemChange {
  readonly before: Item | undefined;
  readonly after: Item | undefined;
  /** Deleted because it expired. */
  readonly expired?: boolean;
}

/** The records of a table's stream, as JSON. */
export interface KeptTableStream {
  readonly began: string;
  readonly records: readonly ChangeRecord[];
}

interface ChangeRecord extends LoggedRecord {
  readonly change: ItemChange;
}

const expiredBy = { type: 'Service', principalId: 'dynamodb.amazonaws.com' };

/** The changes of a table's items, in one shard. */
export class TableStream {
  readonly spec: TableStreamSpec;
  readonly #region: string;
  readonly #log = new RecordLog<ChangeRecord>();
  #began = BigInt(Date.now());

  constructor(spec: TableStreamSpec, region: string) {
    this.spec = spec;
    this.#region = region;
  }

  get kept(): KeptTableStream {
    return { began: String(this.#began), records: this.#log.all };
  }

  /** Takes the records of an earlier cloud, before it is read. */
  restore({ began, records }: KeptTableStream): void {
    this.#began = BigInt(began);
    for (const record of records) this.#log.append(record);
  }

  get source(): StreamSource {
    const shard: SourceShard<ChangeRecord> = {
      id: `shardId-${String(this.#began).padStart(20, '0')}-00000001`,
      log: this.#log,
      eventOf: record => this.#eventOf(record),
    };
    return { arn: this.spec.arn, batchInfo: 'DDBStreamBatchInfo', shards: [shard as SourceShard] };
  }

  /** A write that changed nothing leaves no record. */
  note(change: ItemChange): void {
    if (isDeepStrictEqual(change.before, change.after)) return;
    this.#log.append({
      sequenceNumber: String(this.#began * 100_000_000_000_000n + BigInt(this.#log.length)),
      orderKey: JSON.stringify(this.#keysOf(change)),
      arrivedAt: Date.now(),
      change,
    });
  }

  #eventOf({ sequenceNumber, arrivedAt, change }: ChangeRecord): object {
    const { before, after, expired } = change;
    const { viewType, arn } = this.spec;
    const images = {
      ...(after && viewType.includes('NEW') && { NewImage: after }),
      ...(before && viewType.includes('OLD') && { OldImage: before }),
    };
    const Keys = this.#keysOf(change);
    return {
      eventID: createHash('md5').update(sequenceNumber).digest('hex'),
      eventName: before === undefined ? 'INSERT' : after === undefined ? 'REMOVE' : 'MODIFY',
      eventVersion: '1.1',
      eventSource: 'aws:dynamodb',
      awsRegion: this.#region,
      dynamodb: {
        ApproximateCreationDateTime: Math.floor(arrivedAt / 1000),
        Keys,
        ...images,
        SequenceNumber: sequenceNumber,
        SizeBytes: JSON.stringify({ Keys, ...images }).length,
        StreamViewType: viewType,
      },
      ...(expired && { userIdentity: expiredBy }),
      eventSourceARN: arn,
    };
  }

  #keysOf({ before, after }: ItemChange): Item {
    return partOf(after ?? before ?? {}, this.spec.keys);
  }
}
