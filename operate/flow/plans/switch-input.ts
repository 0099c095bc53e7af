import { isAt, type SwitchState } from '../../core/switch/switch.ts';
import { waitingInWords } from '../../core/switch/waiting.ts';
import type { JobPorts } from '../../plan-ports.ts';
import { applySwitch, MappingNotSet } from '../switch/apply-switch.ts';
import type { PlanKind, Selection, UnitEnd, UnitPage } from './plan-kind.ts';

/**
 * The input of one integration. Its switch says what is to be, and its event source mappings follow. A plan that was made later wins, also
 * over an earlier one whose job comes back.
 */
const switchInput = (to: SwitchState): PlanKind<object> => ({
  isInOrder: true,
  select: (ports, selection) => select(ports, selection, to),
});

export const disable = switchInput('disabled');
export const enable = switchInput('enabled');

async function* select(
  ports: JobPorts,
  selection: Selection<object>,
  to: SwitchState,
): AsyncGenerator<UnitPage> {
  const { integration, known } = selection;
  const mappings = await ports.mappings.list(known);
  if (mappings.length === 0)
    throw new MappingNotSet(`${integration} has no event source mapping: its stack is not deployed`);
  const unit = {
    id: integration,
    about: aboutOf[to](selection),
    isRepeat: (await ports.switches.find(integration))?.to === to && mappings.every(one => isAt(one, to)),
    perform: () => perform(ports, selection, to),
  };
  yield { units: [unit] };
}

const aboutOf: Readonly<Record<SwitchState, (selection: Selection<object>) => string>> = {
  disabled: ({ known }) => waitingInWords(known),
  enabled: () => 'it takes what waited, then what is new',
};

async function perform(
  ports: JobPorts,
  { plan, known }: Selection<object>,
  to: SwitchState,
): Promise<UnitEnd> {
  const before = await ports.switches.find(known.id);
  // What waits has waited since it was disabled first.
  const at = before?.to === to ? before.at : new Date(ports.clock.now()).toISOString();
  await ports.switches.set(known.id, { to, plan: plan.id, by: plan.madeBy, at });
  const set = await applySwitch(ports, known);
  if (set?.plan === plan.id) return { kind: 'done' };
  return { kind: 'failed', reason: `plan ${set?.plan} was made later, and says: ${set?.to}` };
}
