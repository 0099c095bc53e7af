import type { WebhookFencePorts } from '#adapters/webhook-fence/ports.ts';
import type { BusEntry } from '#shared/ports.ts';
import { forgetOneEntry } from '../shared/planted-bus.ts';
import type { FencePlant } from './world.ts';

/** Tells the flow that entries are on the bus, and puts them there once the delivery is remembered. */
function publishLater(ports: WebhookFencePorts): WebhookFencePorts {
  let kept: BusEntry[] = [];
  const afterwards = async <E>(end: Promise<E>): Promise<E> => {
    const ended = await end;
    const entries = kept;
    kept = [];
    if (entries.length > 0) await ports.bus.put(entries);
    return ended;
  };
  return {
    ...ports,
    bus: {
      put: async entries => {
        kept.push(...entries);
        return entries.map(() => ({ kind: 'accepted' }));
      },
    },
    once: {
      run: (claim, work) => afterwards(ports.once.run(claim, work)),
      again: (claim, known, work) => afterwards(ports.once.again(claim, known, work)),
      find: name => ports.once.find(name),
      compare: claim => ports.once.compare(claim),
    },
  };
}

const silently = (work: Promise<unknown>): void => {
  work.catch(() => undefined);
};

/** Bugs as people write them, put around the ports. The simulation has to find each. */
export const plantedFenceBugs: Readonly<Record<string, FencePlant>> = {
  'publishes after it remembered': publishLater,
  'answers before the delivery is in the queue': ports => ({
    ...ports,
    spillQueue: {
      send: async (bodies, seconds) => silently(ports.spillQueue.send(bodies, seconds)),
      defer: (handle, seconds) => ports.spillQueue.defer(handle, seconds),
    },
  }),
  'forgets to release a claim': ports => ({
    ...ports,
    idClaims: new Proxy(ports.idClaims, {
      get: (target, name) => (name === 'release' ? async () => undefined : Reflect.get(target, name)),
    }),
  }),
  'drops one entry of a failed call': ports => ({ ...ports, bus: forgetOneEntry(ports.bus) }),
};
