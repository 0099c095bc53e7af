import type { BookChange } from '#shared/aws/book-change.ts';
import type { Item } from '#shared/aws/dynamo-table.ts';
import type { AuditDetails, AuditFact } from '#shared/core/audit/audit-fact.ts';
import type { Plan } from '../core/plan/plan.ts';
import { planSort } from './dynamo-plans.ts';

/** What a change of the table of operators says of a plan: who did what. Nothing for progress and leases. */
export function planFacts(change: BookChange): readonly AuditFact[] {
  const { before, after, sk, isExpired } = change;
  if (!change.pk.startsWith('plan#') || sk !== planSort) return [];
  if (!after) return before && !isExpired ? [factOf(change, before, { removed: 'plan' })] : [];
  const { state, hash, found, progress, history } = after as unknown as Plan;
  const known = (before as Plan | undefined)?.history.length ?? 0;
  return history.slice(known).map(({ what, by }) =>
    factOf(change, after, {
      ...{ what, by, state, units: found.units },
      ...doneIn(progress),
      ...(hash !== undefined && { hash }),
    }),
  );
}

/** Of the units that it did or tried. `ids`: by which a list of them can be verified. */
const doneIn = ({ done, failed, digest }: Plan['progress']): AuditDetails =>
  done + failed === 0 ? {} : { done, failed, ids: digest };

function factOf({ at, id: change }: BookChange, item: Item, details: AuditDetails): AuditFact {
  const { id: subject, integration, kind } = item as unknown as Plan;
  return { step: 'operated', integration, subject, at, change, details: { kind, ...details } };
}
