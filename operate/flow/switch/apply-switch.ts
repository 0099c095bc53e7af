import { limits } from '#shared/contract/limits.ts';
import { EdgeError } from '#shared/core/log/edge-error.ts';
import type { Clock } from '#shared/ports.ts';
import type { KnownIntegration } from '../../core/known-integration.ts';
import { canBeSet, isAt, type Mapping, type Switch, type SwitchState } from '../../core/switch/switch.ts';
import type { SwitchPorts } from '../../switch-ports.ts';

/** The event source mappings of an integration are not what its switch says. */
export class MappingNotSet extends EdgeError {
  override readonly name = 'MappingNotSet';
}

interface Applying extends SwitchPorts {
  readonly clock: Pick<Clock, 'now' | 'sleep'>;
}

/**
 * Brings the event source mappings of an integration to what its switch says, and waits until they are there. Of two that do it at the
 * same time, both follow the switch that was set last, which is the answer.
 * @throws MappingNotSet when a mapping does not get there in time.
 */
export async function applySwitch(ports: Applying, known: KnownIntegration): Promise<Switch | undefined> {
  const until = ports.clock.now() + limits.mappingWaitMilliseconds;
  for (;;) {
    const before = await ports.switches.find(known.id);
    const others = await setMappings(ports, known, before?.to ?? 'enabled');
    const after = await ports.switches.find(known.id);
    if (others.length === 0 && before?.plan === after?.plan) return after;
    if (ports.clock.now() > until)
      throw new MappingNotSet(`an event source mapping of ${known.id} is still ${others[0]?.state}`);
    await ports.clock.sleep(limits.mappingPollMilliseconds);
  }
}

/** Gives the mappings that are not there yet. */
async function setMappings(
  { mappings }: SwitchPorts,
  known: KnownIntegration,
  to: SwitchState,
): Promise<readonly Mapping[]> {
  const others = (await mappings.list(known)).filter(mapping => !isAt(mapping, to));
  for (const mapping of others) if (canBeSet(mapping)) await mappings.set(mapping.uuid, to);
  return others;
}
