import { randomUUID } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { evaluatePrefix } from './evaluate-prefix.ts';

export interface StreamSettings {
  readonly name: string;
  /** Written before each object's own name; may hold expressions. */
  readonly prefix: string;
  readonly gzip: boolean;
  /** Written after each record. */
  readonly delimiter: string;
  readonly bufferBytes: number;
  readonly bufferMilliseconds: number;
}

/** Writes an object of a stream. */
export type WriteObject = (key: string, body: Buffer) => void;

/** Longest time that a stream waits to write: with the minute and more of AWS, nobody could watch. */
const waitMillisecondsMax = 500;

/**
 * Takes records, and writes them together when they are enough or old enough. Buffering is by size before compression. An object's
 * time is that of its oldest record.
 */
export class DeliveryStream {
  readonly name: string;
  readonly #settings: StreamSettings;
  readonly #write: WriteObject;
  readonly #failed: (problem: unknown) => void;
  #records: Buffer[] = [];
  #bytes = 0;
  #oldest = new Date();
  #timer: NodeJS.Timeout | undefined;

  constructor(settings: StreamSettings, write: WriteObject, failed: (problem: unknown) => void) {
    this.name = settings.name;
    this.#settings = settings;
    this.#write = write;
    this.#failed = failed;
  }

  put(record: string): void {
    if (this.#records.length === 0) this.#begin();
    const bytes = Buffer.from(record + this.#settings.delimiter);
    this.#records.push(bytes);
    this.#bytes += bytes.length;
    if (this.#bytes >= this.#settings.bufferBytes) this.flush();
  }

  /** Writes what is buffered. What cannot be written is kept, as Firehose does for 24 hours. */
  flush(): void {
    clearTimeout(this.#timer);
    if (this.#records.length === 0) return;
    try {
      this.#write(this.#keyAt(this.#oldest), this.#bodyOf(this.#records));
    } catch (problem) {
      this.#failed(problem);
      this.#wait();
      return;
    }
    this.#records = [];
    this.#bytes = 0;
  }

  #begin(): void {
    this.#oldest = new Date();
    this.#wait();
  }

  #wait(): void {
    const wait = Math.min(this.#settings.bufferMilliseconds, waitMillisecondsMax);
    this.#timer = setTimeout(() => this.flush(), wait).unref();
  }

  #bodyOf(records: readonly Buffer[]): Buffer {
    const whole = Buffer.concat(records);
    return this.#settings.gzip ? gzipSync(whole) : whole;
  }

  /** Source: Firehose developer guide, Amazon S3 object name format. The version counts changes of the stream. */
  #keyAt(oldest: Date): string {
    const time = oldest.toISOString().slice(0, 19).replaceAll(/[T:]/g, '-');
    const { prefix, name, gzip } = this.#settings;
    return `${evaluatePrefix(prefix, oldest)}${name}-1-${time}-${randomUUID()}${gzip ? '.gz' : ''}`;
  }
}
