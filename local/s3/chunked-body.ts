import { S3Error } from './s3-error.ts';

/** Longest line between chunks: size, signature or trailer. */
const lineBytesMax = 16_384;

/**
 * Takes apart `aws-chunked` bodies (signed or not): yields the payload, and collects the trailers that follow it.
 * Source: https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming-trailers.html
 */
export async function* unchunked(
  body: AsyncIterable<Buffer>,
  trailers: Map<string, string>,
): AsyncGenerator<Buffer> {
  const reader = new LineReader(body);
  for (;;) {
    const size = Number.parseInt(await reader.line(), 16);
    if (!Number.isInteger(size)) throw new S3Error('IncompleteBody', 'A chunk has no size.');
    if (size === 0) break;
    yield* reader.exactly(size);
    await reader.line();
  }
  for (let line = await reader.line(); line !== ''; line = await reader.line()) {
    const colon = line.indexOf(':');
    trailers.set(line.slice(0, colon).trim().toLowerCase(), line.slice(colon + 1).trim());
  }
}

class LineReader {
  readonly #source: AsyncIterator<Buffer>;
  #rest: Buffer = Buffer.alloc(0);

  constructor(body: AsyncIterable<Buffer>) {
    this.#source = body[Symbol.asyncIterator]();
  }

  /** Without its line break; empty at the end of the body. */
  async line(): Promise<string> {
    for (;;) {
      const end = this.#rest.indexOf('\r\n');
      if (end >= 0) {
        const line = this.#rest.toString('latin1', 0, end);
        this.#rest = this.#rest.subarray(end + 2);
        return line;
      }
      if (this.#rest.length > lineBytesMax)
        throw new S3Error('IncompleteBody', 'A chunk header is too long.');
      const more = await this.#source.next();
      if (more.done) return '';
      this.#rest = Buffer.concat([this.#rest, more.value]);
    }
  }

  async *exactly(bytes: number): AsyncGenerator<Buffer> {
    let left = bytes;
    while (left > 0) {
      if (this.#rest.length === 0) {
        const more = await this.#source.next();
        if (more.done) throw new S3Error('IncompleteBody');
        this.#rest = more.value;
      }
      const part = this.#rest.subarray(0, left);
      this.#rest = this.#rest.subarray(part.length);
      left -= part.length;
      yield part;
    }
  }
}
