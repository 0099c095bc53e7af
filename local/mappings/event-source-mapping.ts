import type { CalledFunction } from '../lambda/called-function.ts';
import { required } from '../required.ts';

/** States of an event source mapping that changes only between them. Source: AWS Lambda API, EventSourceMappingConfiguration. */
export type MappingState = 'Enabling' | 'Enabled' | 'Disabling' | 'Disabled';

export interface DeclaredMapping {
  readonly id: string;
  readonly functionName: string;
  /** By which it calls the function. */
  readonly alias?: string | undefined;
  readonly functionArn: string;
  readonly sourceArn: string;
  readonly isEnabled: boolean;
}

/** The function, as the mapping calls it. */
export const calledBy = ({ functionName: name, alias }: DeclaredMapping): CalledFunction => ({
  name,
  ...(alias !== undefined && { alias }),
});

/** What reads a source for a function. */
export interface Poller {
  start(): void;
  /** Takes nothing more. Resolves when what is in work has ended; it can be started again. */
  rest(): Promise<void>;
}

/** Lambda takes longer. It is long enough that a caller sees a state in between. */
const enablingMilliseconds = 100;

/** A mapping that can be disabled and enabled while the cloud runs. */
export class EventSourceMapping {
  readonly declared: DeclaredMapping;
  readonly #poller: Poller;
  #state: MappingState;

  /** Begins to read its source where it is enabled: as an earlier cloud left it, or as it is declared. */
  constructor(declared: DeclaredMapping, poller: Poller, before?: MappingState) {
    this.declared = declared;
    this.#poller = poller;
    const isEnabled =
      before === undefined ? declared.isEnabled : before === 'Enabled' || before === 'Enabling';
    this.#state = isEnabled ? 'Enabled' : 'Disabled';
    if (isEnabled) poller.start();
  }

  get state(): MappingState {
    return this.#state;
  }

  /** False while it changes already. */
  set(isEnabled: boolean): boolean {
    if (this.#state !== 'Enabled' && this.#state !== 'Disabled') return false;
    if ((this.#state === 'Enabled') === isEnabled) return true;
    this.#state = isEnabled ? 'Enabling' : 'Disabling';
    if (isEnabled) setTimeout(() => this.#enable(), enablingMilliseconds).unref();
    else void this.#poller.rest().then(() => this.#reach('Disabled'));
    return true;
  }

  #enable(): void {
    this.#poller.start();
    this.#reach('Enabled');
  }

  #reach(state: MappingState): void {
    this.#state = state;
  }
}

/** Each mapping with its poller, in the same order. */
export const beginMappings = (
  declared: readonly DeclaredMapping[],
  pollers: readonly Poller[],
  kept: { readonly mappings?: Readonly<Record<string, MappingState>> } | undefined,
): readonly EventSourceMapping[] =>
  declared.map(
    (mapping, n) =>
      new EventSourceMapping(mapping, required(pollers[n], 'poller'), kept?.mappings?.[mapping.id]),
  );
