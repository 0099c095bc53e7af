import type { Handoff } from '../core/outcome/handoff.ts';
import {
  type HandoffOrder,
  type HandoffPlace,
  type HandoffSummary,
  isAskedFor,
  orderOf,
  sortedBy,
} from '../core/outcome/handoff-query.ts';
import type { HandoffSearch } from '../ports.ts';
import type { MemoryLedger } from './memory-ledger.ts';

/** Searches the hand-offs of a ledger in memory. */
export const memoryHandoffSearch = (ledger: Pick<MemoryLedger, 'all' | 'unreconciled'>): HandoffSearch => ({
  async list(query) {
    const order = orderOf(query);
    const asked = (query.isUnreconciled ? ledger.unreconciled() : ledger.all())
      .map(summaryOf)
      .filter(handoff => isAskedFor(handoff, query))
      .sort((a, b) => inOrder(placeOf(a, order), placeOf(b, order), order));
    const { after } = query;
    const rest = after ? asked.filter(each => inOrder(after, placeOf(each, order), order) < 0) : asked;
    const handoffs = rest.slice(0, query.limit);
    const last = handoffs.at(-1);
    return { handoffs, next: last && rest.length > query.limit ? placeOf(last, order) : undefined };
  },
});

function summaryOf(handoff: Handoff): HandoffSummary {
  const hidden = {
    inspection: undefined,
    pass: undefined,
    identity: undefined,
    corrects: undefined,
    ending: undefined,
    report: undefined,
  };
  return JSON.parse(
    JSON.stringify({ ...handoff, ...hidden, declaredRecords: handoff.inspection?.declaredRecords }),
  ) as HandoffSummary;
}

const placeOf = (handoff: HandoffSummary, order: HandoffOrder): HandoffPlace => ({
  id: handoff.id,
  sortedBy: sortedBy(handoff, order),
});

function inOrder(a: HandoffPlace, b: HandoffPlace, order: HandoffOrder): number {
  const upwards = compare(a.sortedBy, b.sortedBy) || compare(a.id, b.id);
  return order === 'key' ? upwards : -upwards;
}

const compare = (a: string, b: string): number => (a < b ? -1 : Number(a > b));
