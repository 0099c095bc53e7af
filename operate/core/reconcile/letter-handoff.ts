import * as z from 'zod';
import { handoffIdOf } from '#adapters/file-lane/core/outcome/handoff-id.ts';

const own = z.object({ kind: z.string().startsWith('edge.'), handoffId: z.string() });
const notice = z.object({
  detail: z.object({
    bucket: z.object({ name: z.string() }),
    object: z.object({
      key: z.string(),
      etag: z.string().optional(),
      'version-id': z.string().optional(),
    }),
  }),
});
const postponed = z.object({ kind: z.literal('edge.postponed'), message: z.unknown() });

/** The hand-off that a lane's dead letter is about; undefined where its body does not say. */
export function letterHandoff(laneId: string, body: string): string | undefined {
  const json = jsonOf(body);
  const inner = postponed.safeParse(json);
  const message = inner.success ? inner.data.message : json;
  const ofOwn = own.safeParse(message);
  if (ofOwn.success) return ofOwn.data.handoffId;
  const ofObject = notice.safeParse(message);
  if (!ofObject.success) return undefined;
  const { bucket, object } = ofObject.data.detail;
  const { key, etag, 'version-id': versionId } = object;
  return handoffIdOf(laneId, bucket.name, [{ bucket: 'inbound', key, versionId, etag }]);
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
