import { S3Error } from './s3-error.ts';

/** Both ends inclusive, as in HTTP. */
export interface ByteRange {
  readonly first: number;
  readonly last: number;
}

/** Undefined (the whole object) for what S3 ignores: several ranges, or a malformed one. @throws S3Error InvalidRange */
export function byteRange(header: string | undefined, bytes: number): ByteRange | undefined {
  const [, from = '', to = ''] = /^bytes=(\d*)-(\d*)$/.exec(header?.trim() ?? '') ?? [];
  if (from === '' && to === '') return undefined;
  const first = from === '' ? Math.max(0, bytes - Number(to)) : Number(from);
  const last = from === '' || to === '' ? bytes - 1 : Math.min(Number(to), bytes - 1);
  if (from !== '' && to !== '' && Number(to) < Number(from)) return undefined;
  if (first >= bytes || last < first)
    throw new S3Error('InvalidRange', undefined, { 'content-range': `bytes */${bytes}` });
  return { first, last };
}
