import { syncBuiltinESMExports } from 'node:module';
import { Transform, type TransformCallback } from 'node:stream';

/** Decompresses without a thread, so that virtual time need not wait for a real one. */
class SynchronousInflater extends Transform {
  readonly #inflate: (bytes: Uint8Array) => Uint8Array;
  readonly #pieces: Buffer[] = [];
  bytesWritten = 0;

  constructor(inflate: (bytes: Uint8Array) => Uint8Array) {
    super();
    this.#inflate = inflate;
  }

  override _transform(piece: Buffer, _: BufferEncoding, done: TransformCallback): void {
    this.#pieces.push(piece);
    this.bytesWritten += piece.length;
    done();
  }

  override _flush(done: TransformCallback): void {
    try {
      done(null, this.#inflate(Buffer.concat(this.#pieces)));
    } catch (error) {
      done(error as Error);
    }
  }
}

/** Imported before anything that imports zlib. */
const zlib = process.getBuiltinModule('node:zlib');
const replaced = {
  createGunzip: () => new SynchronousInflater(zlib.gunzipSync),
  createInflateRaw: () => new SynchronousInflater(zlib.inflateRawSync),
};
for (const [name, value] of Object.entries(replaced))
  Object.defineProperty(zlib, name, { configurable: true, enumerable: true, value });
syncBuiltinESMExports();
