import { crc32, deflateRawSync } from 'node:zlib';

/** One entry of a zip archive made for a test; whatever is given besides name and content is written as it is, true or not. */
export interface ZipPart {
  readonly name: string;
  readonly content?: Uint8Array | string;
  readonly method?: number;
  readonly flags?: number;
  readonly crc?: number;
  readonly declaredBytes?: number;
  readonly compressed?: Uint8Array;
  /** Write sizes and offset into the zip64 extra field. */
  readonly zip64?: boolean;
}

export interface ZipOptions {
  /** Entries that the end record declares, where that is not the truth. */
  readonly declaredEntries?: number;
  readonly comment?: string;
  /** Bytes by which the directory is said to begin earlier than it does. */
  readonly directoryShift?: number;
}

const u16 = (value: number) => {
  const bytes = Buffer.alloc(2);
  bytes.writeUInt16LE(value);
  return bytes;
};
const u32 = (value: number) => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
};
const u64 = (value: number) => {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE(BigInt(value));
  return bytes;
};

/** A zip archive, written by hand so that it may lie. */
export function zipOf(parts: readonly ZipPart[], options: ZipOptions = {}): Buffer {
  const files: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const part of parts) {
    const entry = entryOf(part, offset);
    files.push(entry.local);
    directory.push(entry.central);
    offset += entry.local.length;
  }
  const central = Buffer.concat(directory);
  const start = offset - (options.directoryShift ?? 0);
  const count = options.declaredEntries ?? parts.length;
  const zip64 = parts.some(part => part.zip64);
  const end = zip64 ? zip64End(count, central.length, start, offset + central.length) : Buffer.alloc(0);
  const comment = Buffer.from(options.comment ?? '');
  const eocd = [
    u32(0x06054b50),
    u32(0),
    u16(zip64 ? 0xffff : count),
    u16(zip64 ? 0xffff : count),
    u32(zip64 ? 0xffffffff : central.length),
    u32(zip64 ? 0xffffffff : start),
    u16(comment.length),
    comment,
  ];
  return Buffer.concat([...files, central, end, ...eocd]);
}

function entryOf(part: ZipPart, offset: number): { local: Buffer; central: Buffer } {
  const name = Buffer.from(part.name);
  const content = Buffer.from(part.content ?? '');
  const method = part.method ?? 8;
  const body = Buffer.from(part.compressed ?? (method === 8 ? deflateRawSync(content) : content));
  const bytes = part.declaredBytes ?? content.length;
  const shared = [
    u16(part.flags ?? 0x0800),
    u16(method),
    u32(0),
    u32(part.crc ?? crc32(content)),
    u32(part.zip64 ? 0xffffffff : body.length),
    u32(part.zip64 ? 0xffffffff : bytes),
    u16(name.length),
  ];
  const extra = part.zip64
    ? Buffer.concat([u16(1), u16(24), u64(bytes), u64(body.length), u64(offset)])
    : Buffer.alloc(0);
  const local = [u32(0x04034b50), u16(45), ...shared, u16(extra.length), name, extra, body];
  const place = [u16(0), u16(0), u16(0), u32(0), u32(part.zip64 ? 0xffffffff : offset)];
  const central = [u32(0x02014b50), u16(45), u16(45), ...shared, u16(extra.length), ...place, name, extra];
  return { local: Buffer.concat(local), central: Buffer.concat(central) };
}

function zip64End(count: number, size: number, start: number, recordAt: number): Buffer {
  const record = [
    u32(0x06064b50),
    u64(44),
    u16(45),
    u16(45),
    u32(0),
    u32(0),
    u64(count),
    u64(count),
    u64(size),
    u64(start),
  ];
  const locator = [u32(0x07064b50), u32(0), u64(recordAt), u32(1)];
  return Buffer.concat([...record, ...locator]);
}
