import { RandomAccessReader } from 'yauzl';

/** An object that can be read by range; `end` is exclusive. */
export interface RangeReader {
  readonly size: number;
  read(start: number, end: number): AsyncIterable<Uint8Array>;
}

const entrySignature = 0x02014b50;

/**
 * What yauzl reads a directory through. The archive's tail, which it reads first, is kept: the directory of an archive with
 * few entries lies in it, so that an archive costs two or three reads and not two for each entry.
 */
export class ZipAccess extends RandomAccessReader {
  /** What the reader failed with, apart from what yauzl finds wrong. */
  failure: { readonly reason: unknown } | undefined;
  readonly #reader: RangeReader;
  #tail: { readonly start: number; readonly bytes: Buffer } | undefined;

  constructor(reader: RangeReader) {
    super();
    this.#reader = reader;
  }

  /** Its parameters are those that yauzl calls it with. */
  override read(
    target: Buffer,
    offset: number,
    length: number,
    position: number,
    callback: (error: Error | null, bytesRead?: number) => void,
  ): void {
    this.#bytes(position, position + length)
      .then(bytes => bytes.copy(target, offset))
      .then(bytesRead => callback(null, bytesRead), callback);
  }

  /** Whether another entry of the directory begins here. */
  async holdsEntryAt(position: number): Promise<boolean> {
    if (position + 4 > this.#reader.size) return false;
    return (await this.#bytes(position, position + 4)).readUInt32LE(0) === entrySignature;
  }

  async #bytes(start: number, end: number): Promise<Buffer> {
    if (end > this.#reader.size) throw new Error(`byte ${end} lies beyond its end`);
    const tail = this.#tail;
    if (tail && start >= tail.start) return tail.bytes.subarray(start - tail.start, end - tail.start);
    const bytes = await this.#collect(start, end);
    if (end === this.#reader.size) this.#tail = { start, bytes };
    return bytes;
  }

  async #collect(start: number, end: number): Promise<Buffer> {
    try {
      const pieces: Uint8Array[] = [];
      for await (const piece of this.#reader.read(start, end)) pieces.push(piece);
      const bytes = Buffer.concat(pieces);
      if (bytes.length !== end - start)
        throw new Error(`read ${bytes.length} bytes of the range ${start} to ${end}`);
      return bytes;
    } catch (reason) {
      this.failure = { reason };
      throw reason;
    }
  }
}
