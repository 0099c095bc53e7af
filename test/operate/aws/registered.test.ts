import type { Context } from 'aws-lambda';
import { registered } from '#functions/registered.ts';

const context = {} as Context;
const entry = (id: string): string => JSON.stringify({ id });

/** A registry that a test changes, breaks and moves through time. */
function world() {
  const state = { now: 0, entries: [entry('b')], isBroken: false, reads: 0, made: 0, lines: [] as string[] };
  const handler = registered(
    integrations => {
      state.made += 1;
      return async () => integrations.map(({ id }) => id);
    },
    {
      read: async () => {
        state.reads += 1;
        if (state.isBroken) throw new Error('SSM answers 500');
        return state.entries;
      },
      clock: { now: () => state.now, sleep: async () => undefined, random: () => 0 },
      log: { warn: event => state.lines.push(event) },
    },
  );
  const at = (seconds: number) => {
    state.now = seconds * 1_000;
    return handler({}, context);
  };
  return { state, at };
}

it('a handler learns of a new integration within a minute, and is made again only then', async () => {
  const { state, at } = world();
  expect(await at(0)).toEqual(['b']);
  state.entries = [entry('b'), entry('a')];
  expect(await at(59)).toEqual(['b']);
  expect(await at(60)).toEqual(['a', 'b']);
  await at(120);
  expect([state.reads, state.made]).toEqual([3, 2]);
});

it('keeps what it knows for 15 minutes while the integrations cannot be read, says so, and asks every ten seconds', async () => {
  const { state, at } = world();
  await at(0);
  state.isBroken = true;
  expect(await at(60)).toEqual(['b']);
  expect(await at(69)).toEqual(['b']);
  expect(state.lines).toEqual(['registry not read']);
  expect(await at(899)).toEqual(['b']);
  expect(state.reads).toBe(3);
  await expect(at(909)).rejects.toThrow('SSM answers 500');
  state.isBroken = false;
  state.entries = [entry('c')];
  expect(await at(910)).toEqual(['c']);
});

it('fails where it never knew any', async () => {
  const { state, at } = world();
  state.isBroken = true;
  await expect(at(0)).rejects.toThrow('SSM answers 500');
});
