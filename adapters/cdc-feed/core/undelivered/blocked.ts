import {
  type BatchPlace,
  shardName,
  type UndeliveredBatch,
  type UndeliveredRecord,
} from './undelivered-batch.ts';

/**
 * What stays undelivered blocks what must not overtake it: a record that stopped blocks its shard, and any record that stays blocks the
 * later ones of its key in every shard.
 */
export class Blocked {
  readonly #shards = new Set<string>();
  readonly #keys = new Set<string>();
  readonly #folders = new Set<string>();

  addShard(batch: BatchPlace): void {
    this.#shards.add(shardName(batch));
  }

  addKey({ stream }: BatchPlace, { key }: UndeliveredRecord): void {
    if (key !== undefined) this.#keys.add(`${stream}/${key}`);
  }

  /** Of an object that cannot be read, only its folder names the shard. */
  addUnreadable(object: string): void {
    this.#folders.add(folderOf(object));
  }

  blocks(batch: UndeliveredBatch, { key }: UndeliveredRecord): boolean {
    return (
      this.#shards.has(shardName(batch)) ||
      this.#folders.has(folderOf(batch.object)) ||
      (key !== undefined && this.#keys.has(`${batch.stream}/${key}`))
    );
  }
}

/** `aws/lambda/<mapping>/<shard>` */
const folderOf = (object: string): string => object.split('/').slice(0, 4).join('/');
