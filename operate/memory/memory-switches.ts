import type { Mapping, Switch, SwitchState } from '../core/switch/switch.ts';
import type { Mappings, Switches } from '../switch-ports.ts';

export class MemorySwitches implements Switches {
  readonly #switches = new Map<string, Switch>();

  async find(integration: string): Promise<Switch | undefined> {
    return this.#switches.get(integration);
  }

  async set(integration: string, to: Switch): Promise<boolean> {
    const { plan } = this.#switches.get(integration) ?? to;
    if (plan > to.plan) return false;
    this.#switches.set(integration, to);
    return true;
  }
}

/** Mappings that change when they are listed next, as Lambda's do after a while. */
export class MemoryMappings implements Mappings {
  readonly #mappings = new Map<string, Mapping[]>();

  put(integration: string, ...mappings: Mapping[]): void {
    this.#mappings.set(integration, mappings);
  }

  async list({ id }: { readonly id: string }): Promise<readonly Mapping[]> {
    const mappings = this.#mappings.get(id) ?? [];
    this.#mappings.set(id, mappings.map(reached));
    return mappings;
  }

  async set(uuid: string, to: SwitchState): Promise<void> {
    const found = [...this.#mappings.values()].flat().find(mapping => mapping.uuid === uuid);
    if (found?.state !== 'Enabled' && found?.state !== 'Disabled') return;
    const state = to === 'enabled' ? 'Enabling' : 'Disabling';
    for (const [id, mappings] of this.#mappings)
      this.#mappings.set(
        id,
        mappings.map(mapping => (mapping.uuid === uuid ? { uuid, state } : mapping)),
      );
  }
}

function reached({ uuid, state }: Mapping): Mapping {
  if (state === 'Enabling') return { uuid, state: 'Enabled' };
  return { uuid, state: state === 'Disabling' ? 'Disabled' : state };
}
