import type { Blueprint } from '../assembly/blueprint.ts';
import type { Place } from '../assembly/resource-names.ts';
import type { Chaos } from '../chaos/chaos.ts';
import type { CloudDescription } from '../cloud-description.ts';
import type { Front } from '../front.ts';
import type { KeptState } from '../keep/kept-state.ts';
import type { Surroundings } from '../lambda/environment.ts';
import type { Listener } from '../listener.ts';
import type { StopList } from '../stop-list.ts';

export interface Site {
  readonly blueprint: Blueprint;
  readonly place: Place;
  readonly front: Front;
  /** Of the HTTP APIs: unsigned requests at paths of their own, so not behind the front. */
  readonly http: Listener;
  readonly description: CloudDescription;
  readonly directories: { readonly state: string; readonly logs: string };
  readonly stops: StopList;
  /** Whether schedules run at their times, or only when asked. */
  readonly schedules: 'timed' | 'on-demand';
  /** What an earlier cloud kept, if this one goes on with it. */
  readonly kept?: KeptState | undefined;
  /** Simulated hosts, and where they are. */
  readonly outside?: Surroundings['outside'];
  /** Takes the state of this cloud when it stops; undefined where nobody wants it. */
  readonly keep?: ((state: KeptState) => void) | undefined;
  /** What goes wrong on purpose. */
  readonly chaos?: Chaos | undefined;
  /** Called with what fails while nobody waits for an answer. */
  readonly report: (problem: string) => void;
}
