import type { Ledger } from '#adapters/file-lane/ports.ts';
import { fault } from '#shared/contract/fault.ts';
import {
  begun,
  chunkAt,
  inspection,
  lease,
  newHandoff,
  plans,
  progressAt,
  settlement,
  settlingAt,
} from './given.ts';

/** What every ledger promises about hand-offs. */
export const handoffsSuite = (ledger: () => Ledger): void => {
  const stuck = fault('ACCESS_DENIED', {}, 'the bus was denied');

  describe('opening', () => {
    it('creates a hand-off for the first, with all it was given', async () => {
      const sequencer = { key: 'acme/in/orders ü.csv', hex: '0055AED6DCD90281E5' };
      const handoff = { ...newHandoff(), period: '2026-01-05', sequencer };
      const opened = await ledger().open(handoff, lease('one'));
      expect(opened).toEqual({ kind: 'leased', value: { ...handoff, state: 'received', attempts: 1 } });
      expect(await ledger().find(handoff.id)).toEqual({ ...handoff, state: 'received', attempts: 1 });
    });

    it('is busy for another until the lease ends, then is taken over', async () => {
      const handoff = newHandoff();
      await ledger().open(handoff, lease('one'));
      expect(await ledger().open(handoff, lease('two', 60_999))).toEqual({ kind: 'busy', until: 61_000 });
      const taken = await ledger().open({ ...handoff, causationId: 'later' }, lease('two', 61_000));
      expect(taken).toMatchObject({ kind: 'leased', value: { attempts: 2, causationId: 'notification-1' } });
    });

    it('gives one of many that come at once the lease', async () => {
      const handoff = newHandoff();
      const owners = ['a', 'b', 'c', 'd', 'e'];
      const answers = await Promise.all(owners.map(owner => ledger().open(handoff, lease(owner))));
      expect(answers.map(answer => answer.kind).sort()).toEqual(['busy', 'busy', 'busy', 'busy', 'leased']);
    });

    it('is leased again to its own owner, whose first answer was lost', async () => {
      const handoff = newHandoff();
      await ledger().open(handoff, lease('one'));
      expect((await ledger().open(handoff, lease('one'))).kind).toBe('leased');
    });

    it('knows nothing of a hand-off that was never opened', async () => {
      expect(await ledger().find(newHandoff().id)).toBeUndefined();
    });
  });

  describe('reprocessing', () => {
    const reprocesses = { receivedAt: '2026-01-04T08:00:00.000Z', request: 'plan-1', published: 3 };
    const corrects = { identity: 'i', fileName: 'a.csv', receivedAt: reprocesses.receivedAt };

    it('keeps what is reprocessed, and what its rows correct', async () => {
      const earlier = newHandoff().id;
      const handoff = { ...newHandoff(), reprocesses: { ...reprocesses, handoffId: earlier } };
      await ledger().open(handoff, lease('one'));
      const begin = {
        inspection,
        identity: 'i',
        pass: 'publish',
        corrects: { ...corrects, handoffId: earlier },
      } as const;
      expect(await ledger().begin(handoff.id, 'one', begin)).toBe(true);
      const { corrects: kept, reprocesses: again } = (await ledger().find(handoff.id)) ?? {};
      expect([kept, again]).toEqual([begin.corrects, handoff.reprocesses]);
    });

    it('keeps on the earlier hand-off which one reprocessed it last, and nothing where there is none', async () => {
      const id = await begun(ledger());
      for (const by of ['first', 'second', 'second']) await ledger().recordReprocessed(id, by);
      expect(await ledger().find(id)).toMatchObject({ reprocessedBy: 'second' });
      const unknown = newHandoff().id;
      await ledger().recordReprocessed(unknown, 'first');
      expect(await ledger().find(unknown)).toBeUndefined();
    });
  });

  describe('awaiting another object', () => {
    const wait = { awaiting: 'sidecar', nextRetryAt: '2026-01-05T08:00:15.000Z' } as const;

    it('is kept until the wait is over, the last time to look again with it', async () => {
      const handoff = newHandoff();
      await ledger().await(handoff, { ...wait, nextRetryAt: '2026-01-05T08:00:00.000Z' });
      await ledger().await({ ...handoff, causationId: 'another' }, wait);
      expect(await ledger().find(handoff.id)).toMatchObject({
        ...handoff,
        ...wait,
        state: 'awaiting',
        attempts: 0,
      });
      await ledger().endAwaiting(handoff.id);
      expect(await ledger().find(handoff.id)).toBeUndefined();
    });

    it('is nothing to a hand-off that was opened', async () => {
      const handoff = newHandoff();
      await ledger().open(handoff, lease('one'));
      await ledger().await(handoff, wait);
      await ledger().endAwaiting(handoff.id);
      expect(await ledger().find(handoff.id)).toEqual({ ...handoff, state: 'received', attempts: 1 });
    });

    it('keeps others from opening it before the wait is over', async () => {
      const handoff = newHandoff();
      await ledger().await(handoff, wait);
      expect(await ledger().open(handoff, lease('one'))).toEqual({ kind: 'busy', until: 1_000 });
    });
  });

  describe('what comes next', () => {
    const nextRetryAt = '2026-01-05T08:10:00.000Z';
    const stoppedAt = '2026-01-05T09:00:00.000Z';

    it('is the next try, or that there is none, until the work is taken up again', async () => {
      const handoff = newHandoff();
      await ledger().open(handoff, lease('one'));
      await ledger().recordRetry(handoff.id, { nextRetryAt });
      expect(await ledger().find(handoff.id)).toMatchObject({ nextRetryAt });
      await ledger().recordRetry(handoff.id, { stoppedAt });
      const stopped = await ledger().find(handoff.id);
      expect([stopped?.nextRetryAt, stopped?.stoppedAt]).toEqual([undefined, stoppedAt]);
      await ledger().open(handoff, lease('one'));
      expect((await ledger().find(handoff.id))?.stoppedAt).toBeUndefined();
    });

    it('is nothing for a settled hand-off', async () => {
      const id = await begun(ledger());
      await ledger().recordRetry(id, { nextRetryAt });
      await ledger().beginSettling(id, lease('one'), settlingAt('2026-01-05T09:00:00.000Z'));
      await ledger().settle(id, 'one', settlement);
      await ledger().recordRetry(id, { stoppedAt });
      const settled = await ledger().find(id);
      expect([settled?.nextRetryAt, settled?.stoppedAt]).toEqual([undefined, undefined]);
    });
  });

  describe('a heartbeat', () => {
    it('extends the lease of its holder, and of nobody else', async () => {
      const handoff = newHandoff();
      await ledger().open(handoff, lease('one'));
      await ledger().extend(handoff.id, lease('one', 50_000));
      expect(await ledger().open(handoff, lease('two', 100_000))).toEqual({ kind: 'busy', until: 110_000 });
      await ledger().open(handoff, lease('two', 110_000));
      await ledger().extend(handoff.id, lease('one', 900_000));
      expect(await ledger().open(handoff, lease('three', 120_000))).toEqual({ kind: 'busy', until: 170_000 });
    });
  });

  describe('releasing', () => {
    it('lets the next go on at once, who sees what stopped the work', async () => {
      const handoff = newHandoff();
      await ledger().open(handoff, lease('one'));
      await ledger().recordFault(handoff.id, stuck);
      await ledger().release(handoff.id, 'one');
      expect(await ledger().open(handoff, lease('two'))).toMatchObject({
        kind: 'leased',
        value: { fault: stuck, attempts: 2 },
      });
    });

    it('does nothing for one who lost the lease', async () => {
      const handoff = newHandoff();
      await ledger().open(handoff, lease('one'));
      await ledger().open(handoff, lease('two', 100_000));
      await ledger().release(handoff.id, 'one');
      expect((await ledger().open(handoff, lease('three', 100_001))).kind).toBe('busy');
    });

    it('does nothing to a settled hand-off', async () => {
      const id = await begun(ledger());
      await ledger().beginSettling(id, lease('one'), settlingAt('2026-01-05T09:00:00.000Z'));
      await ledger().settle(id, 'one', settlement);
      await ledger().release(id, 'one');
      await ledger().recordFault(id, stuck);
      expect((await ledger().find(id))?.fault).toBeUndefined();
    });
  });

  describe('beginning', () => {
    it('keeps the inspection, exactly, and the chunks of the pass', async () => {
      const id = await begun(ledger(), 'check');
      expect(await ledger().find(id)).toMatchObject({
        state: 'processing',
        pass: 'check',
        identity: 'identity',
      });
      expect((await ledger().find(id))?.inspection).toEqual(inspection);
      expect((await ledger().chunks(id, 'check')).map(chunk => chunk.n)).toEqual([0, 1]);
      expect(await ledger().chunks(id, 'publish')).toEqual([]);
    });

    it('keeps the progress made when it is repeated', async () => {
      const id = await begun(ledger());
      await ledger().leaseChunk(chunkAt(id, 'publish', 0), lease('w'));
      await ledger().checkpoint(chunkAt(id, 'publish', 0), {
        fencingToken: 1,
        fromByte: 20,
        progress: progressAt(70, 6),
      });
      expect(await ledger().begin(id, 'one', { inspection, identity: 'identity', pass: 'publish' })).toBe(
        true,
      );
      expect((await ledger().chunks(id, 'publish'))[0]).toMatchObject({
        fencingToken: 1,
        progress: progressAt(70, 6),
      });
    });

    it('is false for one who lost the lease', async () => {
      const handoff = newHandoff();
      await ledger().open(handoff, lease('one'));
      await ledger().open(handoff, lease('two', 100_000));
      expect(
        await ledger().begin(handoff.id, 'one', { inspection, identity: 'identity', pass: 'publish' }),
      ).toBe(false);
      expect((await ledger().find(handoff.id))?.state).toBe('received');
    });

    it('does not go back to the check pass when it is repeated while publishing', async () => {
      const id = await begun(ledger(), 'check');
      await ledger().beginPublishing(id, plans);
      await ledger().begin(id, 'one', { inspection, identity: 'identity', pass: 'check' });
      expect((await ledger().find(id))?.pass).toBe('publish');
    });
  });

  describe('the second pass', () => {
    it('begins once and keeps the progress made when it is repeated', async () => {
      const id = await begun(ledger(), 'check');
      await ledger().beginPublishing(id, plans);
      await ledger().leaseChunk(chunkAt(id, 'publish', 1), lease('w'));
      await ledger().checkpoint(chunkAt(id, 'publish', 1), {
        fencingToken: 1,
        fromByte: 120,
        progress: progressAt(200, 19, true),
      });
      await ledger().beginPublishing(id, plans);
      expect((await ledger().chunks(id, 'publish')).map(chunk => chunk.progress.done)).toEqual([false, true]);
      expect((await ledger().find(id))?.pass).toBe('publish');
    });

    it('does not begin once settling has begun', async () => {
      const id = await begun(ledger(), 'check');
      await ledger().beginSettling(id, lease('one'), settlingAt('2026-01-05T09:00:00.000Z'));
      await ledger().beginPublishing(id, plans);
      expect(await ledger().chunks(id, 'publish')).toEqual([]);
      expect(await ledger().find(id)).toMatchObject({ state: 'settling', pass: 'check' });
    });

    it('fails for a hand-off that the ledger does not know', async () => {
      await expect(ledger().beginPublishing(newHandoff().id, plans)).rejects.toThrow('does not know');
    });
  });

  describe('settling', () => {
    const first = '2026-01-05T09:00:00.000Z';
    const later = '2026-01-05T10:00:00.000Z';

    it('keeps the time at which it first began, whoever ends it', async () => {
      const id = await begun(ledger());
      await ledger().beginSettling(id, lease('one'), settlingAt(first));
      expect(await ledger().beginSettling(id, lease('two', 30_000), settlingAt(later))).toMatchObject({
        kind: 'busy',
      });
      expect(await ledger().beginSettling(id, lease('two', 100_000), settlingAt(later))).toMatchObject({
        kind: 'leased',
        value: { state: 'settling', settledAt: first },
      });
    });

    it('keeps how far the report has come, for its owner alone and until it is settled', async () => {
      const id = await begun(ledger());
      const report = { parts: 2, sections: ['0-a1b2c3d4'], rows: 7, byCode: { INVALID_VALUE: 7 } };
      expect(await ledger().checkpointReport(id, 'one', report)).toBe(false);
      await ledger().beginSettling(id, lease('one'), settlingAt(first));
      expect(await ledger().checkpointReport(id, 'two', report)).toBe(false);
      expect(await ledger().checkpointReport(id, 'one', report)).toBe(true);
      expect(await ledger().checkpointReport(id, 'one', report)).toBe(true);
      expect(await ledger().beginSettling(id, lease('two', 100_000), settlingAt(later))).toMatchObject({
        value: { report },
      });
      await ledger().settle(id, 'two', settlement);
      expect(await ledger().find(id)).not.toHaveProperty('report', report);
      expect(await ledger().checkpointReport(id, 'two', report)).toBe(false);
    });

    it('keeps the ending and the inspection with which it first began, until it is settled', async () => {
      const handoff = newHandoff();
      await ledger().open(handoff, lease('one'));
      const ending = { fault: fault('EMPTY_FILE', {}, 'no bytes'), received: 3 };
      const kept = { kind: 'leased', value: { state: 'settling', settledAt: first, ending, inspection } };
      const start = { settledAt: first, ending, inspection };
      expect(await ledger().beginSettling(handoff.id, lease('one'), start)).toMatchObject(kept);
      await ledger().release(handoff.id, 'one');
      const other = { settledAt: later, ending: { duplicateOf: 'other' } };
      expect(await ledger().beginSettling(handoff.id, lease('two'), other)).toMatchObject(kept);
      expect(await ledger().find(handoff.id)).toMatchObject(kept.value);
      await ledger().settle(handoff.id, 'two', settlement);
      expect(await ledger().find(handoff.id)).not.toHaveProperty('ending', ending);
    });

    it('of a hand-off in a pass keeps its own inspection', async () => {
      const id = await begun(ledger(), 'check');
      const ending = { pass: 'check', fault: stuck } as const;
      const start = { settledAt: first, ending, inspection: { ...inspection, records: 0 } };
      expect(await ledger().beginSettling(id, lease('one'), start)).toMatchObject({
        value: { state: 'settling', pass: 'check', ending, inspection },
      });
    });

    it('is final, repeatable by its owner and refused to one who lost the lease', async () => {
      const id = await begun(ledger());
      await ledger().beginSettling(id, lease('one'), settlingAt(first));
      await ledger().beginSettling(id, lease('two', 100_000), settlingAt(later));
      expect(await ledger().settle(id, 'one', settlement)).toBe(false);
      expect(await ledger().settle(id, 'two', settlement)).toBe(true);
      expect(await ledger().settle(id, 'two', settlement)).toBe(true);
      expect(await ledger().settle(id, 'one', { ...settlement, state: 'rejected' })).toBe(false);
      const { expiresAt: _, ...end } = settlement;
      expect(await ledger().find(id)).toMatchObject({ ...end, settledAt: first });
    });

    it('is refused before it has begun', async () => {
      const id = await begun(ledger());
      expect(await ledger().settle(id, 'one', settlement)).toBe(false);
    });

    it('leaves nothing to open or to settle', async () => {
      const handoff = newHandoff();
      await ledger().open(handoff, lease('one'));
      await ledger().beginSettling(handoff.id, lease('one'), settlingAt(first));
      await ledger().settle(handoff.id, 'one', { ...settlement, state: 'duplicate', duplicateOf: 'other' });
      const settled = { kind: 'settled', value: { state: 'duplicate', duplicateOf: 'other', attempts: 1 } };
      expect(await ledger().open(handoff, lease('two', 100_000))).toMatchObject(settled);
      expect(
        await ledger().beginSettling(handoff.id, lease('two', 100_000), settlingAt(later)),
      ).toMatchObject(settled);
    });

    it('forgets the fault that held the work up, and keeps the one that ended it', async () => {
      const id = await begun(ledger());
      await ledger().recordFault(id, stuck);
      await ledger().release(id, 'one');
      await ledger().beginSettling(id, lease('two'), settlingAt(first));
      await ledger().settle(id, 'two', settlement);
      expect((await ledger().find(id))?.fault).toBeUndefined();
      const rejected = await begun(ledger());
      const reason = fault('EMPTY_FILE', {}, 'no bytes');
      await ledger().beginSettling(rejected, lease('one'), settlingAt(first));
      await ledger().settle(rejected, 'one', { ...settlement, state: 'rejected', fault: reason });
      expect((await ledger().find(rejected))?.fault).toEqual(reason);
    });

    it('fails for a hand-off that the ledger does not know', async () => {
      await expect(ledger().beginSettling(newHandoff().id, lease('one'), settlingAt(first))).rejects.toThrow(
        'does not know',
      );
    });
  });
};
