import * as z from 'zod';
import { handoffIdOf, reprocessedIdOf } from '#adapters/file-lane/core/outcome/handoff-id.ts';
import { jsonOf } from '#shared/core/json-of.ts';

const own = z.object({ kind: z.string().startsWith('edge.'), handoffId: z.string() });
const reprocess = z.object({
  kind: z.literal('edge.reprocess'),
  handoffId: z.string(),
  request: z.string(),
});
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

/**
 * The hand-off whose end makes a lane's dead letter needless; undefined where its body does not say. A request to reprocess a file names
 * the earlier hand-off, which is always settled: what it stands for is the one that it begins.
 */
export function letterHandoff(laneId: string, body: string): string | undefined {
  const json = jsonOf(body);
  const inner = postponed.safeParse(json);
  const message = inner.success ? inner.data.message : json;
  const ofReprocess = reprocess.safeParse(message);
  if (ofReprocess.success) return reprocessedIdOf(laneId, ofReprocess.data);
  const ofOwn = own.safeParse(message);
  if (ofOwn.success) return ofOwn.data.handoffId;
  const ofObject = notice.safeParse(message);
  if (!ofObject.success) return undefined;
  const { bucket, object } = ofObject.data.detail;
  const { key, etag, 'version-id': versionId } = object;
  return handoffIdOf(laneId, bucket.name, [{ bucket: 'inbound', key, versionId, etag }]);
}
