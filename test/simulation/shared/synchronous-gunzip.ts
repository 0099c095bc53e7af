import { syncBuiltinESMExports } from 'node:module';
import { Transform, type TransformCallback } from 'node:stream';

/** Decompresses without a thread, so that virtual time need not wait for a real one. */
class SynchronousGunzip extends Transform {
  readonly #gunzip: (bytes: Uint8Array) => Uint8Array;
  readonly #pieces: Buffer[] = [];

  constructor(gunzip: (bytes: Uint8Array) => Uint8Array) {
    super();
    this.#gunzip = gunzip;
  }

  override _transform(piece: Buffer, _: BufferEncoding, done: TransformCallback): void {
    this.#pieces.push(piece);
    done();
  }

  override _flush(done: TransformCallback): void {
    try {
      done(null, this.#gunzip(Buffer.concat(this.#pieces)));
    } catch (error) {
      done(error as Error);
    }
  }
}

/** Imported before anything that imports zlib. */
const zlib = process.getBuiltinModule('node:zlib');
const createGunzip = () => new SynchronousGunzip(zlib.gunzipSync);
Object.defineProperty(zlib, 'createGunzip', { configurable: true, enumerable: true, value: createGunzip });
syncBuiltinESMExports();
