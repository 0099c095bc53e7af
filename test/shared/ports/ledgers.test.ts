import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { memoryLedger } from '#adapters/file-lane/memory/memory-ledger.ts';
import type { Ledger } from '#adapters/file-lane/ports.ts';
import { chunkAt, inspection, newHandoff, plans, progressAt, settlement } from './given.ts';
import { type LocalAws, startLocalAws } from './local-aws.ts';

let aws: LocalAws;

beforeAll(async () => {
  aws = await startLocalAws();
});

afterAll(() => aws.stop());

type Step = (ledger: Ledger, id: string, now: number) => Promise<unknown>;

const owner = fc.constantFrom('one', 'two');
const pass = fc.constantFrom('check' as const, 'publish' as const);
const n = fc.constantFrom(0, 1);
const fencingToken = fc.integer({ min: 1, max: 3 });
const step = <A>(name: string, args: fc.Arbitrary<A>, run: (args: A) => Step) =>
  args.map(given => Object.assign(run(given), { toString: () => `${name} ${JSON.stringify(given)}` }));

const until = (owner: string, now: number) => ({ owner, now, until: now + 3 });

const steps = fc.oneof(
  step('open', owner, who => (ledger, id, now) => ledger.open({ ...newHandoff(), id }, until(who, now))),
  step('release', owner, who => (ledger, id) => ledger.release(id, who)),
  step(
    'begin',
    fc.record({ owner, pass }),
    given => (ledger, id) =>
      ledger.begin(id, given.owner, { inspection, identity: 'identity', pass: given.pass }),
  ),
  step('beginPublishing', fc.constant(plans), given => (ledger, id) => ledger.beginPublishing(id, given)),
  step(
    'leaseChunk',
    fc.record({ owner, pass, n }),
    given => (ledger, id, now) =>
      ledger.leaseChunk(chunkAt(id, given.pass, given.n), until(given.owner, now)),
  ),
  step(
    'releaseChunk',
    fc.record({ pass, n, fencingToken }),
    given => (ledger, id) => ledger.releaseChunk(chunkAt(id, given.pass, given.n), given.fencingToken),
  ),
  step(
    'checkpoint',
    fc.record({ pass, fencingToken, half: fc.boolean() }),
    given => (ledger, id) =>
      ledger.checkpoint(chunkAt(id, given.pass, 0), {
        fencingToken: given.fencingToken,
        fromByte: given.half ? 20 : 70,
        progress: given.half ? progressAt(70, 6) : progressAt(120, 11, true),
      }),
  ),
  step(
    'hasPublished',
    fc.constantFrom(1, 5, 6, 10),
    record => (ledger, id) => ledger.hasPublished(id, record),
  ),
  step('chunks', pass, given => (ledger, id) => ledger.chunks(id, given)),
  step('find', fc.constant(null), () => (ledger, id) => ledger.find(id)),
  step(
    'beginSettling',
    owner,
    who => (ledger, id, now) =>
      ledger.beginSettling(id, until(who, now), {
        settledAt: `2026-01-05T08:00:0${now % 10}.000Z`,
        ending: { received: now },
        ...(now % 2 ? { inspection } : {}),
      }),
  ),
  step('settle', owner, who => (ledger, id) => ledger.settle(id, who, settlement)),
);

const opened: Step = (ledger, id, now) => ledger.open({ ...newHandoff(), id }, until('one', now));
const begun: Step = (ledger, id) =>
  ledger.begin(id, 'one', { inspection, identity: 'identity', pass: 'publish' });
const begunOften = fc.constantFrom<Step[]>([], [opened], [opened, begun], [opened, begun]);

/** What a ledger answers to each step, an exception told by its message. */
async function answers(ledger: Ledger, id: string, of: readonly Step[]): Promise<unknown[]> {
  const told: unknown[] = [];
  for (const [now, run] of of.entries())
    told.push(await run(ledger, id, now).catch(error => `threw ${error.message}`));
  return told;
}

it('both ledgers answer the same to any course of steps', async () => {
  await fc.assert(
    fc.asyncProperty(begunOften, fc.array(steps, { minLength: 10, maxLength: 40 }), async (first, rest) => {
      const course = [...first, ...rest];
      const id = `acme-orders.${randomUUID()}`;
      expect(await answers(aws.ports.ledger, id, course)).toEqual(await answers(memoryLedger(), id, course));
    }),
    { numRuns: 25, endOnFailure: true },
  );
}, 120_000);
