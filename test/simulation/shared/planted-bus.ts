import type { Bus } from '#shared/ports.ts';

/** A bug: takes one entry that the bus did not take for one that it took. */
export const forgetOneEntry = (bus: Bus): Bus => ({
  put: async entries => {
    const answers = await bus.put(entries);
    const failed = answers.findIndex(({ kind }) => kind === 'throttled' || kind === 'unknown');
    return answers.map((answer, i) => (i === failed ? { kind: 'accepted' } : answer));
  },
});
