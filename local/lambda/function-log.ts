import { once } from 'node:events';
import { createWriteStream, type WriteStream } from 'node:fs';
import type { Readable } from 'node:stream';

/** A function's log file: whole lines, whatever number of workers write. */
export class FunctionLog {
  readonly #file: WriteStream;
  readonly #listeners: ((line: string) => void)[] = [];

  constructor(path: string) {
    this.#file = createWriteStream(path, { flags: 'a' });
  }

  /** Called with every line that the function writes. */
  onLine(listener: (line: string) => void): void {
    this.#listeners.push(listener);
  }

  follow(output: Readable): void {
    let rest = '';
    output.setEncoding('utf8');
    output.on('data', (text: string) => {
      const lines = (rest + text).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) this.#line(line);
    });
    output.on('end', () => {
      if (rest) this.#line(rest);
    });
  }

  error(message: string): void {
    this.#line(JSON.stringify({ level: 'ERROR', timestamp: new Date().toISOString(), message }));
  }

  async stop(): Promise<void> {
    this.#file.end();
    await once(this.#file, 'close');
  }

  /** A worker's last words may come when the file is closed. */
  #line(line: string): void {
    if (this.#file.writable) this.#file.write(`${line}\n`);
    for (const listener of this.#listeners) listener(line);
  }
}
