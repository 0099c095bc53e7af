import { limits } from '#shared/contract/limits.ts';
import type { KnownIntegration } from '../../core/known-integration.ts';
import { addTallied, type Tallied, talliedOne } from '../../core/reconcile/results.ts';
import { isAt, type Switch } from '../../core/switch/switch.ts';
import { disabledInWords, isLongDisabled } from '../../core/switch/waiting.ts';
import type { ReconcilePorts } from '../../reconcile-ports.ts';
import { applySwitch } from '../switch/apply-switch.ts';
import { countWaiting } from './count-waiting.ts';

/**
 * An integration that is disabled stays so: what a deployment enabled is disabled again, and people learn of it. They learn, too, when
 * half of the time is over that its input waits. Nothing else of it is compared: its files are not lost, and not overdue.
 */
export async function reconcileDisabled(
  ports: ReconcilePorts,
  known: KnownIntegration,
  set: Switch,
): Promise<Tallied> {
  const wasEnabled = (await ports.mappings.list(known)).some(mapping => !isAt(mapping, 'disabled'));
  if (wasEnabled) await applySwitch(ports, known);
  const isLong = isLongDisabled(known, set, ports.clock.now());
  const finding = talliedOne({
    integration: known.id,
    about: known.id,
    result: 'unknown',
    detail: `${disabledInWords(known, set)}${wasEnabled ? '. A deployment or a person enabled it without a plan; it is disabled again' : ''}`,
    needsPeople: wasEnabled || isLong,
  });
  return addTallied(finding, await countWaiting(ports, known), limits.reconcileFindingsMax);
}

/** Whether what waited while an integration was disabled is still in its queue: it is neither lost nor overdue. */
export async function isCatchingUp(
  { work, clock }: ReconcilePorts,
  { id }: KnownIntegration,
  { at }: Switch,
): Promise<boolean> {
  const isLongAgo = clock.now() - Date.parse(at) > 3_600_000 * limits.workQueueHours;
  return !isLongAgo && (await work.count(id)) !== 0;
}
