import { limits } from '#shared/contract/limits.ts';
import type { AuditFact } from '#shared/core/audit/audit-fact.ts';
import { recordsKey } from '../../core/audit/audit-keys.ts';
import { type ChainName, emptyChain, linkOf } from '../../core/audit/chain.ts';
import { dayOf } from '../../core/audit/days.ts';
import type { AuditPorts } from '../../ports.ts';
import { catchUp } from './catch-up.ts';

/**
 * Adds facts to their integrations' chains of this day: one object for each integration. Others may add at the same time: whoever
 * creates the next object has added, and the rest go on after it. A call that is repeated adds what the first did not, unless the day
 * has changed: then facts may be recorded twice, with the same `change`.
 */
export async function appendFacts(ports: AuditPorts, facts: readonly AuditFact[]): Promise<void> {
  const day = dayOf(ports.clock.now());
  for (const integration of new Set(facts.map(fact => fact.integration))) {
    const own = facts.filter(fact => fact.integration === integration);
    await append(ports, { day, integration }, own);
  }
}

async function append(ports: AuditPorts, chain: ChainName, facts: readonly AuditFact[]): Promise<void> {
  let left = facts;
  for (let tries = 0; tries < limits.auditTriesMax; tries++) {
    const head = (await ports.heads.find(chain)) ?? emptyChain(chain);
    const link = linkOf(head, left);
    if ((await ports.trail.create(recordsKey(chain, link.head.objects), link.text)) === 'created') {
      // Where another has caught up with the new object already, the head is right as it is.
      await ports.heads.advance(chain, link.head, head);
      return;
    }
    const found = await catchUp(ports, chain, head);
    const added = new Set(found.map(({ change, step }) => `${change} ${step}`));
    left = left.filter(({ change, step }) => !added.has(`${change} ${step}`));
    if (left.length === 0) return;
    await ports.clock.sleep(limits.auditRetryMilliseconds * ports.clock.random());
  }
  throw new Error(
    `others added to the trail of ${chain.integration} ${limits.auditTriesMax} times meanwhile`,
  );
}
