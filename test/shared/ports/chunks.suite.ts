import type { Ledger } from '#adapters/file-lane/ports.ts';
import { begun, chunkAt, inspection, lease, newHandoff, plans, progressAt } from './given.ts';

/** What every ledger promises about chunks. */
export const chunksSuite = (ledger: () => Ledger): void => {
  describe('a chunk', () => {
    it('is leased with its plan, from its first byte', async () => {
      const id = await begun(ledger());
      expect(await ledger().leaseChunk(chunkAt(id, 'publish', 1), lease('w'))).toMatchObject({
        kind: 'leased',
        value: {
          ...plans[1],
          pass: 'publish',
          fencingToken: 1,
          progress: { nextByte: 120, nextRecord: 11, nextLine: 12, done: false },
        },
      });
    });

    it('is busy for another until the lease ends, then goes on with a greater fencing token', async () => {
      const id = await begun(ledger());
      await ledger().leaseChunk(chunkAt(id, 'publish', 0), lease('one'));
      expect(await ledger().leaseChunk(chunkAt(id, 'publish', 0), lease('two', 60_999))).toEqual({
        kind: 'busy',
        until: 61_000,
      });
      await ledger().checkpoint(chunkAt(id, 'publish', 0), {
        fencingToken: 1,
        fromByte: 20,
        progress: progressAt(70, 6),
      });
      expect(await ledger().leaseChunk(chunkAt(id, 'publish', 0), lease('two', 61_000))).toMatchObject({
        kind: 'leased',
        value: { fencingToken: 2, progress: progressAt(70, 6) },
      });
    });

    it('is leased to one of many that come at once', async () => {
      const id = await begun(ledger());
      const owners = ['a', 'b', 'c', 'd'];
      const answers = await Promise.all(
        owners.map(owner => ledger().leaseChunk(chunkAt(id, 'publish', 0), lease(owner))),
      );
      expect(answers.filter(answer => answer.kind === 'leased')).toHaveLength(1);
    });

    it('stays leased by the heartbeats of its holder, and not by those of one who lost it', async () => {
      const id = await begun(ledger());
      const at = chunkAt(id, 'publish', 0);
      await ledger().leaseChunk(at, lease('one'));
      await ledger().extendChunk(at, { fencingToken: 1, until: 90_000 });
      expect(await ledger().leaseChunk(at, lease('two', 61_000))).toEqual({ kind: 'busy', until: 90_000 });
      await ledger().leaseChunk(at, lease('two', 90_000));
      await ledger().releaseChunk(at, 2);
      for (const fencingToken of [1, 2]) await ledger().extendChunk(at, { fencingToken, until: 900_000 });
      expect((await ledger().leaseChunk(at, lease('three', 90_000))).kind).toBe('leased');
    });

    it('can be released by its fencing token, so that the next hop goes on at once', async () => {
      const id = await begun(ledger());
      await ledger().leaseChunk(chunkAt(id, 'publish', 0), lease('one'));
      await ledger().releaseChunk(chunkAt(id, 'publish', 0), 1);
      expect(await ledger().leaseChunk(chunkAt(id, 'publish', 0), lease('two'))).toMatchObject({
        value: { fencingToken: 2 },
      });
      await ledger().releaseChunk(chunkAt(id, 'publish', 0), 1);
      expect((await ledger().leaseChunk(chunkAt(id, 'publish', 0), lease('three'))).kind).toBe('busy');
    });

    it('is done in one pass and not in the other', async () => {
      const id = await begun(ledger(), 'check');
      await ledger().beginPublishing(id, plans);
      await ledger().leaseChunk(chunkAt(id, 'check', 0), lease('one'));
      await ledger().checkpoint(chunkAt(id, 'check', 0), {
        fencingToken: 1,
        fromByte: 20,
        progress: progressAt(120, 11, true),
      });
      expect(await ledger().leaseChunk(chunkAt(id, 'check', 0), lease('two', 100_000))).toEqual({
        kind: 'done',
      });
      expect((await ledger().leaseChunk(chunkAt(id, 'publish', 0), lease('two', 100_000))).kind).toBe(
        'leased',
      );
    });

    it('that the ledger does not know fails', async () => {
      await expect(ledger().leaseChunk(chunkAt(newHandoff().id, 'publish', 0), lease('one'))).rejects.toThrow(
        'does not know',
      );
    });
  });

  describe('a checkpoint', () => {
    it('is kept whole', async () => {
      const id = await begun(ledger());
      await ledger().leaseChunk(chunkAt(id, 'publish', 0), lease('one'));
      const step = { fencingToken: 1, fromByte: 20, progress: progressAt(70, 6) };
      expect(await ledger().checkpoint(chunkAt(id, 'publish', 0), step)).toBe(true);
      expect((await ledger().chunks(id, 'publish'))[0]?.progress).toEqual(step.progress);
    });

    it('with an older fencing token is refused', async () => {
      const id = await begun(ledger());
      await ledger().leaseChunk(chunkAt(id, 'publish', 0), lease('one'));
      await ledger().leaseChunk(chunkAt(id, 'publish', 0), lease('two', 100_000));
      const step = { fencingToken: 1, fromByte: 20, progress: progressAt(70, 6) };
      expect(await ledger().checkpoint(chunkAt(id, 'publish', 0), step)).toBe(false);
      expect((await ledger().chunks(id, 'publish'))[0]?.progress.nextByte).toBe(20);
    });

    it('that began elsewhere is refused', async () => {
      const id = await begun(ledger());
      await ledger().leaseChunk(chunkAt(id, 'publish', 0), lease('one'));
      const step = { fencingToken: 1, fromByte: 50, progress: progressAt(70, 6) };
      expect(await ledger().checkpoint(chunkAt(id, 'publish', 0), step)).toBe(false);
    });

    it('counts once when it is repeated because its answer was lost', async () => {
      const id = await begun(ledger());
      await ledger().leaseChunk(chunkAt(id, 'publish', 0), lease('one'));
      const step = { fencingToken: 1, fromByte: 20, progress: progressAt(70, 6) };
      await ledger().checkpoint(chunkAt(id, 'publish', 0), step);
      expect(await ledger().checkpoint(chunkAt(id, 'publish', 0), step)).toBe(true);
      expect((await ledger().chunks(id, 'publish'))[0]?.progress.tally.published).toBe(5);
    });
  });

  describe('what has been published', () => {
    it('is told record by record', async () => {
      const id = await begun(ledger());
      await ledger().leaseChunk(chunkAt(id, 'publish', 0), lease('one'));
      await ledger().leaseChunk(chunkAt(id, 'publish', 1), lease('one'));
      await ledger().checkpoint(chunkAt(id, 'publish', 0), {
        fencingToken: 1,
        fromByte: 20,
        progress: progressAt(70, 6),
      });
      await ledger().checkpoint(chunkAt(id, 'publish', 1), {
        fencingToken: 1,
        fromByte: 120,
        progress: progressAt(200, 19, true),
      });
      const told = await Promise.all([1, 5, 6, 10, 11, 18, 19].map(n => ledger().hasPublished(id, n)));
      expect(told).toEqual([true, true, false, false, true, true, false]);
    });

    it('is asked again for what was not', async () => {
      const id = await begun(ledger());
      await ledger().leaseChunk(chunkAt(id, 'publish', 0), lease('one'));
      expect(await ledger().hasPublished(id, 5)).toBe(false);
      await ledger().checkpoint(chunkAt(id, 'publish', 0), {
        fencingToken: 1,
        fromByte: 20,
        progress: progressAt(70, 6),
      });
      expect(await ledger().hasPublished(id, 5)).toBe(true);
    });

    it('is nothing in the check pass, nor of a hand-off that the ledger does not know', async () => {
      const id = await begun(ledger(), 'check');
      await ledger().leaseChunk(chunkAt(id, 'check', 0), lease('one'));
      await ledger().checkpoint(chunkAt(id, 'check', 0), {
        fencingToken: 1,
        fromByte: 20,
        progress: progressAt(120, 11, true),
      });
      expect(await ledger().hasPublished(id, 1)).toBe(false);
      expect(await ledger().hasPublished(newHandoff().id, 1)).toBe(false);
    });
  });

  it('keeps many chunks, in order', async () => {
    const handoff = newHandoff();
    const many = Array.from({ length: 100 }, (_, n) => ({ ...plans[0]!, n }));
    await ledger().open(handoff, lease('one'));
    await ledger().begin(handoff.id, 'one', {
      inspection: { ...inspection, chunks: many },
      identity: 'identity',
      pass: 'publish',
    });
    expect((await ledger().chunks(handoff.id, 'publish')).map(chunk => chunk.n)).toEqual(
      many.map(plan => plan.n),
    );
    expect((await ledger().find(handoff.id))?.inspection?.chunks).toEqual(many);
  });
};
