import * as z from 'zod';
import { rejectsPrefix } from '#adapters/webhook-fence/core/webhook/reject.ts';
import { limits } from '#shared/contract/limits.ts';
import { cursorOf, placeOf } from '../core/cursor.ts';
import { integrationOfKind } from '../core/known-integrations.ts';
import type { InputOf, OutputOf } from '../core/operations.ts';
import { invalid } from '../core/problem.ts';
import type { RejectLine } from '../core/shapes/rejects.ts';
import type { Work } from './work.ts';

const kept = z.object({
  reason: z.string(),
  receivedAt: z.number(),
  id: z.string(),
  method: z.string(),
  bodyBase64: z.string(),
});

const place = z.strictObject({ key: z.string() });

/** Keys of kept rejects hold their hour: from the oldest on. */
export async function listRejects(
  { integrations, ports }: Work,
  { integration, from, limit, cursor }: InputOf<'listRejects'>,
): Promise<OutputOf<'listRejects'>> {
  integrationOfKind(integrations, integration, ['webhook-fence']);
  const prefix = rejectsPrefix(integration);
  const start = placeOf(place, cursor)?.key;
  if (start !== undefined && !start.startsWith(prefix))
    throw invalid('cursor is of another integration', 'Ask for the first page again, without a cursor.');
  const after = start ?? (from && `${prefix}${from.slice(0, 13)}`);
  const page = await ports.objects.list('rejects', { prefix, after, limit });
  if (page === 'missing') throw new Error('there is no bucket of rejects');
  const rejects: RejectLine[] = [];
  for (const { key } of page) {
    const bytes = await ports.objects.read('rejects', key, { start: 0, end: limits.quarantineReadBytesMax });
    if (bytes) rejects.push(rejectLine(integration, key, Buffer.from(bytes).toString('utf8')));
  }
  const last = page.at(-1);
  return { rejects, next: last && page.length === limit ? cursorOf({ key: last.key }) : null };
}

function rejectLine(integration: string, object: string, text: string): RejectLine {
  const { reason, receivedAt, id, method, bodyBase64 } = kept.parse(JSON.parse(text));
  return {
    ...{ integration, id, reason, method, object },
    receivedAt: new Date(receivedAt).toISOString(),
    bytes: Buffer.from(bodyBase64, 'base64').length,
  };
}
