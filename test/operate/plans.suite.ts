import { nothingFound } from '#operate/core/plan/count-units.ts';
import type { Plan } from '#operate/core/plan/plan.ts';
import { emptyDigest } from '#operate/core/plan/plan-digest.ts';
import type { DeadLetterMover, Plans } from '#operate/plan-ports.ts';

const plan = (id: string): Plan => ({
  ...{
    id,
    kind: 'redrive',
    integration: 'acme-orders',
    filter: { reason: 'BUS_UNAVAILABLE' },
    unitsASecond: 5,
  },
  ...{ madeBy: 'arn:ada', madeByPerson: 'ada', madeAt: '2026-11-20T08:00:00.000Z' },
  ...{ validUntil: '2026-11-21T08:00:00.000Z', state: 'counting', revision: 1, found: nothingFound },
  history: [{ at: '2026-11-20T08:00:00.000Z', by: 'arn:ada', what: 'made' }],
  progress: { done: 0, failed: 0, digest: emptyDigest },
});

const step = { at: '2026-11-20T09:00:00.000Z', by: 'arn:ada', what: 'run' };
const reached = { found: { ...nothingFound, units: 3 }, progress: { done: 1, failed: 0, digest: 'd' } };

/** What every store of plans promises. */
export const plansSuite = (given: () => Promise<Plans>): void => {
  it('keeps a plan as it was made, once', async () => {
    const plans = await given();
    expect(await plans.create(plan('20261120-1'))).toBe(true);
    expect(await plans.create(plan('20261120-1'))).toBe(false);
    expect(await plans.find('20261120-1')).toEqual(plan('20261120-1'));
    expect(await plans.find('20261120-0')).toBeUndefined();
  });

  it('changes the plan that was read, and no other', async () => {
    const plans = await given();
    const made = plan('20261120-2');
    await plans.create(made);
    const changed = await plans.change(made, { state: 'planned', step, hash: 'h', note: undefined });
    expect(changed).toEqual({
      ...made,
      ...{ state: 'planned', revision: 2, hash: 'h', history: [...made.history, step] },
    });
    expect(await plans.change(made, { state: 'cancelled', step })).toBeUndefined();
    expect(await plans.find(made.id)).toEqual(changed);
  });

  it('gives a plan that is to be worked on to one job at a time', async () => {
    const plans = await given();
    const made = plan('20261120-3');
    await plans.create(made);
    const lease = { owner: 'one', until: 2_000 };
    expect(await plans.lease(made.id, lease, 1_000)).toEqual({ ...made, lease });
    expect(await plans.lease(made.id, { owner: 'two', until: 3_000 }, 1_000)).toBeUndefined();
    expect(await plans.checkpoint(made.id, 'two', { ...reached, cursor: 'x' })).toBeUndefined();
    expect(await plans.checkpoint(made.id, 'one', { ...reached, cursor: 'x' })).toMatchObject({
      ...{ ...reached, cursor: 'x' },
    });
    const without = await plans.checkpoint(made.id, 'one', { ...reached, cursor: undefined });
    expect(without?.cursor).toBeUndefined();
    expect(await plans.lease(made.id, { owner: 'two', until: 3_000 }, 2_001)).toMatchObject({
      lease: { owner: 'two' },
    });
    expect(await plans.checkpoint(made.id, 'one', { ...reached, cursor: undefined })).toBeUndefined();
    expect(await plans.lease('20261120-0', lease, 1_000)).toBeUndefined();
  });

  it('takes a lease back when its plan rests or is handed on, and leaves it where somebody resumed', async () => {
    const plans = await given();
    const made = plan('20261120-4');
    await plans.create(made);
    const leased = (await plans.lease(made.id, { owner: 'one', until: 2_000 }, 1_000))!;
    expect(await plans.release(made.id, 'one', false)).toEqual(leased);
    expect(await plans.release(made.id, 'one', true)).toBe('released');
    const again = (await plans.lease(made.id, { owner: 'two', until: 2_000 }, 1_000))!;
    const paused = (await plans.change(again, { state: 'paused', step }))!;
    expect(paused.lease?.owner).toBe('two');
    expect(await plans.release(made.id, 'two', false)).toBe('released');
    expect((await plans.find(made.id))?.lease).toBeUndefined();
    expect(await plans.lease(made.id, { owner: 'three', until: 2_000 }, 1_000)).toBeUndefined();
  });

  it('ends a lease with the plan', async () => {
    const plans = await given();
    const made = plan('20261120-5');
    await plans.create(made);
    const leased = (await plans.lease(made.id, { owner: 'one', until: 2_000 }, 1_000))!;
    const ended = await plans.change(leased, { state: 'done', step, endsLease: true });
    expect(ended?.lease).toBeUndefined();
  });

  it('keeps the failure of a unit once, of the job that counts', async () => {
    const plans = await given();
    const of = (id: string, job?: string) => ({ id, progress: { ...reached.progress, job } });
    const failure = { unit: 'u1', about: 'file a.csv', reason: 'gone' };
    await plans.recordFailure(of('20261120-6'), failure);
    await plans.recordFailure(of('20261120-6'), failure);
    await plans.recordFailure(of('20261120-6'), { ...failure, unit: 'u2' });
    expect(await plans.failures(of('20261120-6'))).toEqual([failure, { ...failure, unit: 'u2' }]);
    expect(await plans.failures(of('20261120-7'))).toEqual([]);
    await plans.recordFailure(of('20261120-6', 'two'), { ...failure, reason: 'gone again' });
    expect(await plans.failures(of('20261120-6', 'two'))).toEqual([{ ...failure, reason: 'gone again' }]);
  });

  it('gives the turn of an integration to one plan at a time, until its time is over', async () => {
    const plans = await given();
    const one = { plan: 'one', job: 'a', until: 2_000 };
    const two = { plan: 'two', job: 'b', until: 9_000 };
    expect(await plans.takeTurn('crm', one, 1_000)).toBe('one');
    expect(await plans.takeTurn('crm', two, 1_500)).toBe('one');
    expect(await plans.takeTurn('erp', two, 1_500)).toBe('two');
    expect(await plans.takeTurn('crm', { ...one, job: 'c', until: 3_000 }, 1_500)).toBe('one');
    await plans.endTurn('crm', one);
    expect(await plans.takeTurn('crm', two, 2_500)).toBe('one');
    expect(await plans.takeTurn('crm', two, 3_001)).toBe('two');
    await plans.endTurn('crm', two);
    expect(await plans.takeTurn('crm', one, 3_002)).toBe('one');
  });

  it('lists plans, the newest first, page by page', async () => {
    const plans = await given();
    for (const id of ['20261121-1', '20261121-3', '20261121-2']) await plans.create(plan(id));
    const first = await plans.list({ limit: 2 });
    expect(first).toMatchObject({ plans: [{ id: '20261121-3' }, { id: '20261121-2' }], next: '20261121-2' });
    expect((await plans.list({ limit: 1, after: first.next })).plans).toMatchObject([{ id: '20261121-1' }]);
  });
};

/** Dead letters of a queue that is created by the first one, and the bodies that came back to the queue of work. */
export interface GivenMover {
  readonly letters: DeadLetterMover;
  send(
    integration: string,
    letters: readonly { readonly body: string; readonly reason?: string }[],
  ): Promise<void>;
  redriven(integration: string): Promise<readonly string[]>;
}

/** What everyone promises who moves dead letters. */
export const moverSuite = (given: () => Promise<GivenMover>): void => {
  const held = async ({ letters }: GivenMover, integration: string) => {
    const found = [];
    for await (const batch of letters.hold(integration)) found.push(...batch);
    return found;
  };

  it('holds each letter once, and shows it again', async () => {
    const mover = await given();
    const bodies = Array.from({ length: 23 }, (_, n) => `letter ${String(n).padStart(2, '0')}`);
    await mover.send(
      'acme-orders',
      bodies.map(body => ({ body, reason: 'BUS_UNAVAILABLE' })),
    );
    for (const _ of ['once', 'and again']) {
      const found = await held(mover, 'acme-orders');
      expect(found.map(({ body }) => body).sort()).toEqual(bodies);
      expect(new Set(found.map(({ reason }) => reason))).toEqual(new Set(['BUS_UNAVAILABLE']));
    }
    expect(await mover.redriven('acme-orders')).toEqual([]);
  });

  it('moves what it is asked to, and shows the others again', async () => {
    const mover = await given();
    await mover.send('globex', [{ body: 'a' }, { body: 'b' }, { body: 'c' }]);
    for await (const batch of mover.letters.hold('globex'))
      for (const letter of batch) if (letter.body !== 'b') await letter.redrive();
    expect([...(await mover.redriven('globex'))].sort()).toEqual(['a', 'c']);
    const left = await held(mover, 'globex');
    expect(left.map(({ body, reason }) => ({ body, reason }))).toEqual([{ body: 'b', reason: undefined }]);
  });

  it('shows all again when its caller stops', async () => {
    const mover = await given();
    await mover.send('initech', [{ body: 'a' }, { body: 'b' }]);
    for await (const _ of mover.letters.hold('initech')) break;
    expect(await held(mover, 'initech')).toHaveLength(2);
  });

  it('throws where there is no queue', async () => {
    await expect(held(await given(), 'nobody')).rejects.toThrow();
  });
};
