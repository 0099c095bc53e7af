import type { Context } from 'aws-lambda';
import { registered } from '#functions/registered.ts';

const context = {} as Context;
const entry = (id: string): string => JSON.stringify({ id });

it('a handler learns of a new integration within a minute, and is made again only then', async () => {
  let now = 0;
  let entries = [entry('b')];
  let reads = 0;
  let made = 0;
  const handler = registered(
    integrations => {
      made += 1;
      return async () => integrations.map(({ id }) => id);
    },
    {
      read: async () => {
        reads += 1;
        return entries;
      },
      clock: { now: () => now, sleep: async () => undefined, random: () => 0 },
    },
  );
  expect(await handler({}, context)).toEqual(['b']);
  entries = [entry('b'), entry('a')];
  now = 59_000;
  expect(await handler({}, context)).toEqual(['b']);
  now = 60_000;
  expect(await handler({}, context)).toEqual(['a', 'b']);
  now = 120_000;
  await handler({}, context);
  expect([reads, made]).toEqual([3, 2]);
});
