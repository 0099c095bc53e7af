import type { IncomingMessage } from 'node:http';
import { jsonOf } from '#shared/core/json-of.ts';
import { Failure } from '../edge/failure.ts';

/** A corrected file of ten thousand rows has some megabytes. */
const bodyBytesMax = 16 * 1024 * 1024;

/** The JSON object of a request. @throws Failure when there is none, or it is too large. */
export async function readJson(request: IncomingMessage): Promise<Readonly<Record<string, unknown>>> {
  if (request.headers['content-type'] !== 'application/json')
    throw new Failure('The content-type is not application/json.', 2);
  const parts: Buffer[] = [];
  let bytes = 0;
  for await (const part of request) {
    bytes += (part as Buffer).length;
    if (bytes > bodyBytesMax) throw new Failure(`The request has more than ${bodyBytesMax} bytes.`, 2);
    parts.push(part as Buffer);
  }
  const json = jsonOf(Buffer.concat(parts).toString('utf8'));
  if (typeof json === 'object' && json !== null && !Array.isArray(json))
    return json as Record<string, unknown>;
  throw new Failure('The request is not a JSON object.', 2);
}
