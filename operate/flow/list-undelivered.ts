import * as z from 'zod';
import { cursorOf, placeOf } from '../core/cursor.ts';
import { integrationOfKind } from '../core/known-integrations.ts';
import type { InputOf, OutputOf } from '../core/operations.ts';
import { notDeployed } from '../core/problem.ts';
import { undeliveredLine, undeliveredPrefix } from '../core/undelivered-line.ts';
import type { Work } from './work.ts';

const place = z.strictObject({ key: z.string() });

export async function listUndelivered(
  { integrations, ports }: Work,
  { integration, limit, cursor }: InputOf<'listUndelivered'>,
): Promise<OutputOf<'listUndelivered'>> {
  integrationOfKind(integrations, integration, ['cdc-feed']);
  const after = placeOf(place, cursor)?.key;
  const asked = { prefix: undeliveredPrefix, after, limit };
  const page = await ports.objects.list({ undeliveredOf: integration }, asked);
  if (page === 'missing') throw notDeployed(integration);
  const last = page.at(-1);
  return {
    batches: page.map(object => undeliveredLine(integration, object)),
    next: last && page.length === limit ? cursorOf({ key: last.key }) : null,
  };
}
