import { EventEmitter, once } from 'node:events';
import { createReadStream, createWriteStream, existsSync, readFileSync, type WriteStream } from 'node:fs';
import type { BusEvent } from '../events/event.ts';

/** Every event of one bus, in the order taken, as JSON Lines on disk: there may be millions. */
export class EventLog {
  readonly #path: string;
  readonly #file: WriteStream;
  /** Byte at which each event begins, and at last where the next one will. */
  readonly #starts: number[] = [0];
  readonly #news = new EventEmitter().setMaxListeners(0);
  #written = 0;

  /** Goes on with the events that are there. */
  constructor(path: string) {
    this.#path = path;
    const before = existsSync(path) ? readFileSync(path) : Buffer.alloc(0);
    for (let at = before.indexOf(10); at >= 0; at = before.indexOf(10, at + 1)) this.#starts.push(at + 1);
    this.#written = this.#end();
    this.#file = createWriteStream(path, { flags: 'a' });
  }

  get length(): number {
    return this.#starts.length - 1;
  }

  append(event: BusEvent): void {
    const line = Buffer.from(`${JSON.stringify(event)}\n`);
    const end = this.#end() + line.length;
    this.#starts.push(end);
    this.#file.write(line, () => {
      this.#written = end;
      this.#news.emit('written');
    });
  }

  /** What was taken until now, without the first `after`; with `follow`, what comes as well until the signal. */
  async *read(after: number, follow: boolean, signal: AbortSignal): AsyncGenerator<Buffer> {
    let from = this.#starts[after] ?? this.#end();
    let end = this.#end();
    for (;;) {
      while (this.#written < end) await once(this.#news, 'written', { signal });
      if (from < end) yield* createReadStream(this.#path, { start: from, end: end - 1 });
      if (!follow) return;
      from = end;
      while (this.#written === from) await once(this.#news, 'written', { signal });
      end = this.#written;
    }
  }

  async stop(): Promise<void> {
    this.#file.end();
    await once(this.#file, 'close');
  }

  #end(): number {
    return this.#starts.at(-1) ?? 0;
  }
}
