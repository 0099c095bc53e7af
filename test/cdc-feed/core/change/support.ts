import type { CdcSource } from '#adapters/cdc-feed/contract/cdc-source.ts';
import {
  type Change,
  type ChangeRecord,
  type Decoded,
  isChange,
} from '#adapters/cdc-feed/core/change/change.ts';
import { decoder } from '#adapters/cdc-feed/core/change/decode.ts';

/** JSON text is taken as it is, so that a test can write numbers a double would lose. */
export const bytesOf = (value: unknown): Uint8Array =>
  Buffer.from(typeof value === 'string' ? value : JSON.stringify(value));

export function decodeJson(
  source: CdcSource,
  data: unknown,
  rest: {
    readonly key?: unknown;
    readonly headers?: Record<string, unknown>;
    readonly streamSequence?: string;
  } = {},
): Decoded {
  const headers = Object.entries(rest.headers ?? {}).map(([name, value]) => [name, bytesOf(value)] as const);
  const record: ChangeRecord = {
    data: bytesOf(data),
    key: rest.key === undefined ? undefined : bytesOf(rest.key),
    headers: Object.fromEntries(headers),
    streamSequence: rest.streamSequence,
  };
  return decoder(source)(record);
}

/** The change; fails the test, saying why, for anything else. */
export function changeIn(...args: Parameters<typeof decodeJson>): Change {
  const decoded = decodeJson(...args);
  if (!isChange(decoded)) throw new Error(`no change: ${JSON.stringify(decoded)}`);
  return decoded;
}
