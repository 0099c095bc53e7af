import * as z from 'zod';
import type { NoticeKind } from './notices.ts';

/** S3's notification of a new object, as EventBridge delivers it. */
const objectCreated = z.object({
  detail: z.object({ bucket: z.object({ name: z.string() }), object: z.object({ key: z.string() }) }),
});

/** Notices of objects in a bucket of undelivered records, by their keys. */
export const undeliveredNotices = (
  bucket: string,
  objects: () => Promise<readonly string[]>,
): NoticeKind<string> => ({
  objects,
  read(message) {
    const read = objectCreated.safeParse(message);
    return read.success && read.data.detail.bucket.name === bucket ? read.data.detail.object.key : undefined;
  },
  finder(keys) {
    const there = new Set(keys);
    return key => there.has(key);
  },
});
