import type { Kind } from '#shared/contract/kind.ts';
import type { KnownIntegration } from './known-integration.ts';
import { invalid, notFound } from './problem.ts';

/** @throws Problem when there is no such integration. */
export function integrationOf(known: readonly KnownIntegration[], id: string): KnownIntegration {
  const found = known.find(one => one.id === id);
  if (found) return found;
  throw notFound(
    `there is no integration "${id}"`,
    `Integrations are ${known.map(one => one.id).join(', ')}.`,
  );
}

/** @throws Problem when there is no such integration, or it is of another kind. */
export function integrationOfKind(
  known: readonly KnownIntegration[],
  id: string,
  kinds: readonly Kind[],
): KnownIntegration {
  const found = integrationOf(known, id);
  if (kinds.includes(found.kind)) return found;
  const others = known.filter(({ kind }) => kinds.includes(kind)).map(one => one.id);
  throw invalid(
    `${id} is a ${found.kind}, which has none of these`,
    `Integrations that have some are ${others.join(', ')}.`,
  );
}
