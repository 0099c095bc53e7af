import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';

interface Digest {
  update(part: Buffer): unknown;
  base64(): string;
}

const hash = (algorithm: string) => (): Digest => {
  const sum = createHash(algorithm);
  return { update: part => sum.update(part), base64: () => sum.digest('base64') };
};

function crc(): Digest {
  let value = 0;
  return {
    update: part => {
      value = crc32(part, value);
    },
    base64: () => {
      const bytes = Buffer.alloc(4);
      bytes.writeUInt32BE(value);
      return bytes.toString('base64');
    },
  };
}

/** Checksums that are verified; others (CRC32C, CRC64NVME) are kept as they were sent. */
const verified: Readonly<Record<string, () => Digest>> = {
  'x-amz-checksum-crc32': crc,
  'x-amz-checksum-sha1': hash('sha1'),
  'x-amz-checksum-sha256': hash('sha256'),
};

const checksumHeader = /^x-amz-checksum-(crc32|crc32c|crc64nvme|sha1|sha256)$/;

export const isChecksum = (header: string): boolean => checksumHeader.test(header);

export const digestOf = (header: string): Digest | undefined => verified[header]?.();
