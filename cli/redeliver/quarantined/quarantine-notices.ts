import * as z from 'zod';
import { changesQuarantined } from '#events/edge/changes-quarantined.v1.ts';
import type { NoticeKind } from '../notices.ts';
import { byNumber } from './by-number.ts';

const message = z.object({ type: z.literal(changesQuarantined.type), data: changesQuarantined.schema });

type Notice = z.infer<typeof changesQuarantined.schema>;

/** Notices of a feed's quarantined changes: each names those between two sequence numbers of a shard. */
export const quarantineNotices = (
  feed: string,
  objects: () => Promise<readonly string[]>,
): NoticeKind<Notice> => ({
  objects,
  read(given) {
    const read = message.safeParse(given);
    return read.success && read.data.data.integration === feed ? (read.data.data as Notice) : undefined;
  },
  finder(keys) {
    const numbers = numbersByFolder(keys);
    return ({ integration, stream, shard, first, last }) => {
      const folder = [integration, stream, shard].filter(Boolean).join('/');
      return (numbers.get(folder) ?? []).some(
        each => byNumber(first, each) <= 0 && byNumber(each, last) <= 0,
      );
    };
  },
});

/** Of `<feed>/<stream>/<shard>/<number>.json`. */
function numbersByFolder(keys: readonly string[]): ReadonlyMap<string, readonly string[]> {
  const numbers = new Map<string, string[]>();
  for (const key of keys) {
    const end = key.lastIndexOf('/');
    const folder = key.slice(0, end);
    const known = numbers.get(folder) ?? [];
    known.push(key.slice(end + 1).replace(/\.json$/, ''));
    numbers.set(folder, known);
  }
  return numbers;
}
