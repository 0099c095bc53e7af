import { createHash, randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { Segment } from './bucket.ts';
import { digestOf, isChecksum } from './checksum.ts';
import { unchunked } from './chunked-body.ts';
import { S3Error } from './s3-error.ts';

export interface ReceivedBody {
  readonly segment: Segment;
  /** MD5, hex. */
  readonly md5: string;
  readonly checksums: Readonly<Record<string, string>>;
}

/** Streams a request's payload to disk, and holds it against the lengths and checksums that it declares. @throws S3Error */
export async function receiveBody(request: IncomingMessage, directory: string): Promise<ReceivedBody> {
  const file = join(directory, randomUUID());
  const receiving = new Receiving(request);
  try {
    await pipeline(receiving.payload(), createWriteStream(file));
    return receiving.finish(file);
  } catch (problem) {
    await rm(file, { force: true });
    throw problem;
  }
}

class Receiving {
  readonly #request: IncomingMessage;
  readonly #trailers = new Map<string, string>();
  readonly #md5 = createHash('md5');
  readonly #digests: ReadonlyMap<string, ReturnType<typeof digestOf>>;
  #bytes = 0;

  constructor(request: IncomingMessage) {
    this.#request = request;
    const announced = String(request.headers['x-amz-trailer'] ?? '')
      .toLowerCase()
      .split(/\s*,\s*/);
    const names = [...Object.keys(request.headers), ...announced].filter(isChecksum);
    this.#digests = new Map(names.map(name => [name, digestOf(name)]));
  }

  async *payload(): AsyncGenerator<Buffer> {
    const chunked = String(this.#request.headers['x-amz-content-sha256'] ?? '').startsWith('STREAMING-');
    for await (const part of chunked ? unchunked(this.#request, this.#trailers) : this.#request) {
      this.#bytes += part.length;
      this.#md5.update(part);
      for (const digest of this.#digests.values()) digest?.update(part);
      yield part;
    }
  }

  finish(file: string): ReceivedBody {
    const { headers } = this.#request;
    const length = headers['x-amz-decoded-content-length'];
    if (length !== undefined && Number(length) !== this.#bytes) throw new S3Error('IncompleteBody');
    const md5 = this.#md5.digest();
    const declared = headers['content-md5'];
    if (declared !== undefined && declared !== md5.toString('base64')) throw new S3Error('BadDigest');
    return {
      segment: { file, start: 0, bytes: this.#bytes },
      md5: md5.toString('hex'),
      checksums: this.#checksums(),
    };
  }

  #checksums(): Record<string, string> {
    const checksums: Record<string, string> = {};
    for (const [name, digest] of this.#digests) {
      const declared = this.#trailers.get(name) ?? String(this.#request.headers[name] ?? '');
      const computed = digest?.base64();
      if (computed !== undefined && declared !== computed)
        throw new S3Error(
          'BadDigest',
          `The ${name.slice('x-amz-checksum-'.length)} you specified did not match.`,
        );
      checksums[name] = declared;
    }
    return checksums;
  }
}
