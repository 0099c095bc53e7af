import * as z from 'zod';
import type { Announced } from './announcements.ts';

/** What S3 tells of an object, by way of EventBridge. */
const objectCreated = z.object({
  detail: z.object({ bucket: z.object({ name: z.string() }), object: z.object({ key: z.string() }) }),
});

/** Announcements of objects in a bucket of undelivered records, by their keys. */
export const givenUpAnnounced = (
  bucket: string,
  objects: () => Promise<readonly string[]>,
): Announced<string> => ({
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
