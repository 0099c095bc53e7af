import * as z from 'zod';
import { cursorOf, placeOf } from '../core/cursor.ts';
import { handoffLine } from '../core/handoff-line.ts';
import { integrationOfKind } from '../core/known-integrations.ts';
import type { InputOf, OutputOf } from '../core/operations.ts';
import { invalid } from '../core/problem.ts';
import type { OperatePorts } from '../ports.ts';
import type { Work } from './work.ts';

interface Listed extends Pick<Work, 'integrations'> {
  readonly ports: Pick<OperatePorts, 'search'>;
}

const place = z.strictObject({ id: z.string(), sortedBy: z.string().min(1) });

export async function listHandoffs(
  { integrations, ports }: Listed,
  { integration, state, name, from, to, limit, cursor }: InputOf<'listHandoffs'>,
): Promise<OutputOf<'listHandoffs'>> {
  const lane = integrationOfKind(integrations, integration, ['file-lane']);
  const after = placeOf(place, cursor);
  if (after && !after.id.startsWith(`${integration}.`))
    throw invalid('cursor is of another integration', 'Ask for the first page again, without a cursor.');
  const keyPrefix = name === undefined ? undefined : `${lane.inPrefix ?? ''}${name}`;
  const page = await ports.search.list({ integration, state, keyPrefix, from, to, limit, after });
  return {
    handoffs: page.handoffs.map(handoff => handoffLine(handoff, lane)),
    next: page.next ? cursorOf(page.next) : null,
  };
}
