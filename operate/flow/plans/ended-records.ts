import { withoutRecords } from '#adapters/cdc-feed/core/undelivered/read-undelivered.ts';
import {
  type BatchPlace,
  recordName,
  type UndeliveredRecord,
} from '#adapters/cdc-feed/core/undelivered/undelivered-batch.ts';
import type { JobPorts } from '../../plan-ports.ts';
import { type StoredBatch, textOf } from './undelivered-batches.ts';

type Ports = Pick<JobPorts, 'objects' | 'redelivery'>;

/** The batches of one object of undelivered records. */
interface OpenObject {
  readonly bytes: number;
  /** Records of all batches. */
  readonly count: number;
  /** Batches that were not worked on yet. */
  batches: number;
  /** Names of records that ended and that the object still holds. */
  readonly ended: Set<string>;
}

/**
 * Takes records that ended out of their objects, so that no later plan delivers them again. An object of Kafka holds several batches: it is
 * written once all of them were worked on, or when the job stops. Each write has a notice, and one that comes after its object is gone would ring.
 */
export class EndedRecords {
  readonly #ports: Ports;
  readonly #feed: string;
  readonly #objects = new Map<string, OpenObject>();

  constructor(ports: Ports, feed: string, batches: readonly StoredBatch[]) {
    this.#ports = ports;
    this.#feed = feed;
    for (const { object, bytes, count } of batches) {
      const known = this.#objects.get(object) ?? { bytes, count: 0, batches: 0, ended: new Set() };
      this.#objects.set(object, { ...known, count: known.count + count, batches: known.batches + 1 });
    }
  }

  /** Of a batch that was worked on. */
  async take(batch: BatchPlace, ended: readonly UndeliveredRecord[]): Promise<void> {
    const open = this.#objects.get(batch.object);
    if (!open) return;
    open.batches -= 1;
    for (const record of ended) open.ended.add(recordName(batch, record));
    if (open.batches === 0) await this.#write(batch.object, open);
  }

  /** When the job stops. */
  async flush(): Promise<void> {
    for (const [object, open] of this.#objects) await this.#write(object, open);
  }

  async #write(object: string, { bytes, count, ended }: OpenObject): Promise<void> {
    if (ended.size === 0) return;
    const text = ended.size === count ? undefined : await this.#left(object, bytes, ended);
    if (text !== 'gone') await this.#ports.redelivery.replace(this.#feed, object, text);
    ended.clear();
  }

  async #left(object: string, bytes: number, ended: ReadonlySet<string>): Promise<string | undefined> {
    const text = await textOf(this.#ports.objects, this.#feed, { object, bytes });
    return text === undefined ? 'gone' : withoutRecords(text, ended);
  }
}
