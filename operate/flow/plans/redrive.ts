import { hash } from 'node:crypto';
import { limits } from '#shared/contract/limits.ts';
import { subjectOf } from '../../core/letter-subject.ts';
import type { FilterOf } from '../../core/plan/plan-kinds.ts';
import type { HeldLetter, JobPorts } from '../../plan-ports.ts';
import type { PlanKind, PlanUnit, Selection, UnitPage } from './plan-kind.ts';

/**
 * Dead letters, back to the queue that they came from. A letter is sent, then deleted: when the function dies in between, it is sent
 * twice. Lanes and fences take that: a message goes on at its checkpoint, and a delivery is published once.
 */
export const redrive: PlanKind<FilterOf<'redrive'>> = { isInOrder: false, select };

async function* select(
  { letters }: JobPorts,
  { integration, filter, until }: Selection<FilterOf<'redrive'>>,
): AsyncGenerator<UnitPage> {
  const bodies = new Set<string>();
  let units = 0;
  for await (const batch of letters.hold(integration)) {
    const chosen = batch
      .filter(({ sentAt }) => sentAt <= until)
      .filter(({ reason }) => filter.reason === undefined || filter.reason === reason);
    units += chosen.length;
    const more = units >= limits.planDeadLettersMax;
    yield { units: chosen.map(letter => unitOf(letter, bodies)), more };
    if (more) return;
  }
}

function unitOf(letter: HeldLetter, bodies: Set<string>): PlanUnit {
  const body = hash('sha256', letter.body, 'base64');
  const isRepeat = bodies.has(body);
  bodies.add(body);
  return {
    id: letter.messageId,
    about: subjectOf(letter.body),
    isRepeat,
    async perform() {
      await letter.redrive();
      return { kind: 'done' };
    },
  };
}
