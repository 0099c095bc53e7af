import { shardName, type UndeliveredBatch } from './undelivered-batch.ts';

/** Batches that stay. They block what must not overtake them: batches of the same shard, and of the same keys in any shard. */
export class Blocked {
  readonly #shards = new Set<string>();
  readonly #keys = new Set<string>();
  readonly #folders = new Set<string>();

  add(batch: UndeliveredBatch): void {
    this.#shards.add(shardName(batch));
    for (const key of keysOf(batch)) this.#keys.add(key);
  }

  /** Of an object that cannot be read, only its folder names the shard. */
  addUnreadable(object: string): void {
    this.#folders.add(folderOf(object));
  }

  blocks(batch: UndeliveredBatch): boolean {
    return (
      this.#shards.has(shardName(batch)) ||
      this.#folders.has(folderOf(batch.object)) ||
      keysOf(batch).some(key => this.#keys.has(key))
    );
  }
}

const keysOf = ({ stream, records }: UndeliveredBatch): string[] =>
  records.flatMap(({ key }) => (key === undefined ? [] : [`${stream}/${key}`]));

/** `aws/lambda/<mapping>/<shard>` */
const folderOf = (object: string): string => object.split('/').slice(0, 4).join('/');
