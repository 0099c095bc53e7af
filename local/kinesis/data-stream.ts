import { required } from '../required.ts';
import { type LoggedRecord, RecordLog } from '../streams/record-log.ts';
import { hashKeyOf, hashKeys } from './hash-key.ts';

export interface DataRecord extends LoggedRecord {
  readonly partitionKey: string;
  /** Base64, as every API carries it. */
  readonly data: string;
}

export interface DataShard {
  readonly id: string;
  readonly startingHashKey: bigint;
  readonly endingHashKey: bigint;
  readonly log: RecordLog<DataRecord>;
}

export interface StreamSpec {
  readonly name: string;
  readonly arn: string;
  readonly onDemand: boolean;
  readonly shards: number;
  readonly retentionHours: number;
  readonly recordBytesMax: number;
}

/** The records of a stream, shard by shard, as JSON. */
export interface KeptDataStream {
  readonly createdAt: number;
  readonly count: string;
  readonly shards: readonly (readonly DataRecord[])[];
}

/** A Kinesis data stream whose shards stay as they are. */
export class DataStream {
  readonly spec: StreamSpec;
  createdAt = Date.now();
  readonly shards: readonly DataShard[];
  #count = 0n;

  constructor(spec: StreamSpec) {
    this.spec = spec;
    const share = hashKeys / BigInt(spec.shards);
    this.shards = Array.from({ length: spec.shards }, (_, n) => ({
      id: `shardId-${String(n).padStart(12, '0')}`,
      startingHashKey: share * BigInt(n),
      endingHashKey: n === spec.shards - 1 ? hashKeys - 1n : share * BigInt(n + 1) - 1n,
      log: new RecordLog<DataRecord>(),
    }));
  }

  get kept(): KeptDataStream {
    return {
      createdAt: this.createdAt,
      count: String(this.#count),
      shards: this.shards.map(({ log }) => log.all),
    };
  }

  /** Takes the records of an earlier cloud, before it has any. Those of shards that are not there any more are gone. */
  restore({ createdAt, count, shards }: KeptDataStream): void {
    this.createdAt = createdAt;
    this.#count = BigInt(count);
    for (const [n, shard] of this.shards.entries())
      for (const record of shards[n] ?? []) shard.log.append(record);
  }

  put(partitionKey: string, data: string, explicitHashKey?: bigint) {
    const hashKey = explicitHashKey ?? hashKeyOf(partitionKey);
    const shard = required(
      this.shards.find(({ endingHashKey }) => hashKey <= endingHashKey),
      `shard of hash key ${hashKey}`,
    );
    const sequenceNumber = this.#nextSequenceNumber();
    shard.log.append({ sequenceNumber, orderKey: partitionKey, arrivedAt: Date.now(), partitionKey, data });
    return { ShardId: shard.id, SequenceNumber: sequenceNumber };
  }

  /** 56 digits, growing with every record, as those of Kinesis. */
  #nextSequenceNumber(): string {
    const began = String(this.createdAt).padStart(16, '0');
    return `4966${began}${String(this.#count++).padStart(36, '0')}`;
  }
}
