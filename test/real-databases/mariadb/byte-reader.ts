/** Reads bytes one after the other; numbers are little-endian unless said otherwise. */
export class ByteReader {
  readonly #bytes: Buffer;
  #at = 0;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  get isAtEnd(): boolean {
    return this.#at >= this.#bytes.length;
  }

  bytes(length: number): Buffer {
    this.#at += length;
    return this.#bytes.subarray(this.#at - length, this.#at);
  }

  skip(length: number): void {
    this.#at += length;
  }

  text(length: number): string {
    return this.bytes(length).toString('utf8');
  }

  uint(length: number): number {
    return Number(this.bigUint(length));
  }

  bigUint(length: number): bigint {
    return bigEndian(Buffer.from(this.bytes(length)).reverse());
  }

  bigUintBigEndian(length: number): bigint {
    return bigEndian(this.bytes(length));
  }

  lengthEncoded(): number {
    const first = this.uint(1);
    return first < 0xfb ? first : this.uint({ 252: 2, 253: 3, 254: 8 }[first] ?? 0);
  }
}

const bigEndian = (bytes: Buffer): bigint => BigInt(`0x${bytes.toString('hex') || '0'}`);
