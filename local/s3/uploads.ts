import { createHash, randomBytes } from 'node:crypto';
import type { ObjectContent, Segment } from './bucket.ts';
import { S3Error } from './s3-error.ts';

/** Bytes that every part but the last must have. Source: S3 multipart upload limits. */
const partBytesMin = 5 * 1024 * 1024;

export interface Part {
  readonly segments: readonly Segment[];
  readonly bytes: number;
  /** Hex. */
  readonly md5: string;
}

interface Upload {
  readonly bucket: string;
  readonly key: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly parts: Map<number, Part>;
}

export interface PartName {
  readonly number: number;
  /** Without quotes. */
  readonly etag: string;
}

/** Multipart uploads under way. */
export class Uploads {
  readonly #uploads = new Map<string, Upload>();

  begin(bucket: string, key: string, headers: Readonly<Record<string, string>>): string {
    const id = randomBytes(24).toString('base64url');
    this.#uploads.set(id, { bucket, key, headers, parts: new Map() });
    return id;
  }

  /** @throws S3Error NoSuchUpload */
  check(id: string, bucket: string, key: string): Upload {
    const upload = this.#uploads.get(id);
    if (!upload || upload.bucket !== bucket || upload.key !== key) throw new S3Error('NoSuchUpload');
    return upload;
  }

  addPart(upload: Upload, number: number, part: Part): void {
    upload.parts.set(number, part);
  }

  /** @throws S3Error */
  complete(upload: Upload, names: readonly PartName[]): ObjectContent {
    if (names.length === 0) throw new S3Error('MalformedXML');
    const parts = names.map((_, n) => checkedPart(upload, names, n));
    const md5 = createHash('md5');
    for (const part of parts) md5.update(Buffer.from(part.md5, 'hex'));
    return {
      segments: parts.flatMap(part => part.segments),
      bytes: parts.reduce((sum, part) => sum + part.bytes, 0),
      etag: `${md5.digest('hex')}-${parts.length}`,
      headers: upload.headers,
      checksums: {},
    };
  }

  forget(id: string): void {
    this.#uploads.delete(id);
  }
}

function checkedPart(upload: Upload, names: readonly PartName[], n: number): Part {
  const [before, name] = [names[n - 1], names[n]];
  const part = name && upload.parts.get(name.number);
  if (!part || part.md5 !== name.etag) throw new S3Error('InvalidPart');
  if (before && before.number >= name.number) throw new S3Error('InvalidPartOrder');
  if (n < names.length - 1 && part.bytes < partBytesMin) throw new S3Error('EntityTooSmall');
  return part;
}
