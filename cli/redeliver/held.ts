import { type GivenUpBatch, shardName } from './given-up.ts';

/** What stays, and so holds back whatever must not overtake it: batches of the same shard, and of a key in it in any shard. */
export class Held {
  readonly #shards = new Set<string>();
  readonly #keys = new Set<string>();
  readonly #folders = new Set<string>();

  add(batch: GivenUpBatch): void {
    this.#shards.add(shardName(batch));
    for (const key of keysOf(batch)) this.#keys.add(key);
  }

  /** Of an object that cannot be read only its folder tells the shard. */
  addUnreadable(object: string): void {
    this.#folders.add(folderOf(object));
  }

  holds(batch: GivenUpBatch): boolean {
    return (
      this.#shards.has(shardName(batch)) ||
      this.#folders.has(folderOf(batch.object)) ||
      keysOf(batch).some(key => this.#keys.has(key))
    );
  }
}

const keysOf = ({ stream, records }: GivenUpBatch): string[] =>
  records.flatMap(({ key }) => (key === undefined ? [] : [`${stream}/${key}`]));

/** `aws/lambda/<mapping>/<shard>` */
const folderOf = (object: string): string => object.split('/').slice(0, 4).join('/');
