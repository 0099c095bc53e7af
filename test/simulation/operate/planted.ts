import type { OperatePlants } from './world.ts';

/** Bugs as people write them, put around the ports. The simulation has to find each. */
export const plantedBugs: Readonly<Record<string, OperatePlants>> = {
  'a job that takes a send that failed for one that was done': {
    job: ports => ({
      ...ports,
      consumers: { send: (consumer, message) => ports.consumers.send(consumer, message).catch(() => 'sent') },
    }),
  },
  'a job that asks for another file each time it tries again': {
    job: ports => ({
      ...ports,
      workQueues: {
        send: (integration, message) =>
          ports.workQueues.send(integration, { ...message, request: `try-${ports.clock.random()}` }),
      },
    }),
  },
  'an auditor that takes every file for proven': {
    auditor: ports => ({
      ...ports,
      proofs: { ...ports.proofs, keep: proof => ports.proofs.keep({ ...proof, state: 'proven' }) },
      lanes: { ask: async () => undefined },
    }),
  },
};
