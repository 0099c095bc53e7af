import type { Condition } from '#shared/aws/dynamo-expression.ts';
import type { HandoffState } from '../core/outcome/handoff.ts';
import type { Lease } from '../ports.ts';

export const held = ({ owner, until }: Lease) => ({ leaseOwner: owner, leaseUntil: until });

export const isUnsettled: Condition = {
  expression: '#state IN (:received, :processing, :settling)',
  values: { received: 'received', processing: 'processing', settling: 'settling' },
};

/** Not settled, and leased by no one else. */
export const isFree = ({ now, owner }: Lease): Condition => ({
  expression: `(${isUnsettled.expression} AND (#leaseUntil <= :now OR #leaseOwner = :owner))`,
  values: { now, owner, ...isUnsettled.values },
});

/** Leased by `owner` and in one of these states. */
export const isOwned = (owner: string, states: readonly HandoffState[]): Condition => ({
  expression: `#leaseOwner = :owner AND #state IN (${states.map(state => `:${state}`).join(', ')})`,
  values: { owner, ...Object.fromEntries(states.map(state => [state, state])) },
});
