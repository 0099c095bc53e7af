import type { IncomingMessage } from 'node:http';
import { Readable } from 'node:stream';

/** A request whose body was read, to be read again. */
export const replayedRequest = ({ method, url, headers }: IncomingMessage, body: Buffer): Readable =>
  Object.assign(Readable.from([body], { objectMode: false }), { method, url, headers });
