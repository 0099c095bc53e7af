import { randomUUID } from 'node:crypto';
import type { Remembered } from '#adapters/webhook-fence/core/webhook/remembered.ts';
import type { Once, OnceFound } from '#adapters/webhook-fence/ports.ts';

const published = (body = '{}'): Remembered => ({
  status: 'published',
  tenant: 'shop',
  answer: { body },
});

const found = (value?: Remembered, isAtWork = false): OnceFound => ({
  value,
  isAtWork,
  mayBePublished: false,
});

/** After a worker that died or failed. */
const left = (value?: Remembered): OnceFound => ({ ...found(value), mayBePublished: true });

/** What every `Once` promises. */
export const onceSuite = (once: () => Once): void => {
  const claim = (name: string, payloadHash = 'hash-1', milliseconds = 30_000) => ({
    name,
    payloadHash,
    remainingMilliseconds: () => milliseconds,
  });
  const newName = () => `pay-hooks.${randomUUID()}`;

  it('does the work the first time and answers repeats with what it gave, unchanged', async () => {
    const name = newName();
    const value = published('{"status":"published","text":"ü \\" 1.0"}');
    expect(await once().run(claim(name), async () => value)).toEqual({ kind: 'first', value });
    const repeat = await once().run(claim(name), () => Promise.reject(new Error('done twice')));
    expect(repeat).toEqual({ kind: 'repeat', value });
  });

  it('tells a conflict when the name comes with another payload', async () => {
    const name = newName();
    await once().run(claim(name), async () => published());
    const end = await once().run(claim(name, 'hash-2'), () => Promise.reject(new Error('done twice')));
    expect(end).toEqual({ kind: 'conflict', value: published() });
  });

  it('compares a payload with what is remembered', async () => {
    const name = newName();
    const compare = (payloadHash: string) => once().compare({ name, payloadHash });
    expect(await compare('hash-1')).toEqual({ ...found(), isSame: false });
    await once().run(claim(name), async () => published());
    expect(await compare('hash-1')).toEqual({ ...found(published()), isSame: true });
    expect(await compare('hash-2')).toEqual({ ...found(published()), isSame: false });
  });

  it('tells a conflict without a result while the first payload of the name is at work', async () => {
    const name = newName();
    let inner: unknown;
    await once().run(claim(name), async () => {
      inner = await once().run(claim(name, 'hash-2'), async () => published());
      return published();
    });
    expect(inner).toEqual({ kind: 'conflict', value: undefined });
  });

  it('tells a repeat that comes during the work that it is busy', async () => {
    const name = newName();
    let inner: unknown;
    const end = await once().run(claim(name), async () => {
      inner = await once().run(claim(name), async () => published());
      return published();
    });
    expect(inner).toEqual({ kind: 'busy' });
    expect(end.kind).toBe('first');
  });

  it('forgets work that throws, and throws what it threw', async () => {
    const name = newName();
    const failure = new Error('the bus is down');
    await expect(once().run(claim(name), () => Promise.reject(failure))).rejects.toBe(failure);
    expect(await once().find(name)).toEqual(found());
    expect((await once().run(claim(name), async () => published())).kind).toBe('first');
  });

  it('gives the work of one that died to the next when its time is over', async () => {
    const name = newName();
    const never = once().run(claim(name, 'hash-1', 1), () => new Promise<never>(() => undefined));
    never.catch(() => undefined);
    await new Promise(done => setTimeout(done, 40));
    expect(await once().find(name)).toEqual(left());
    expect((await once().run(claim(name), async () => published())).kind).toBe('first');
  });

  it('leaves the name of one that died or failed after it may have published to its payload alone', async () => {
    const failure = new Error('the queue is down');
    const fails = (hold: () => void) => {
      hold();
      return Promise.reject(failure);
    };
    const name = newName();
    await expect(once().run(claim(name), fails)).rejects.toBe(failure);
    expect(await once().find(name)).toEqual(left());
    expect(await once().run(claim(name, 'hash-2'), async () => published())).toEqual({ kind: 'held' });
    expect((await once().run(claim(name), async () => published())).kind).toBe('first');
    const dead = newName();
    const never = once().run(claim(dead, 'hash-1', 1), () => new Promise<never>(() => undefined));
    never.catch(() => undefined);
    await new Promise(done => setTimeout(done, 40));
    expect(await once().run(claim(dead, 'hash-2'), async () => published())).toEqual({ kind: 'held' });
    expect((await once().run(claim(dead), async () => published())).kind).toBe('first');
  });

  it('leaves it to its payload also when the worker that took over fails before it publishes', async () => {
    const name = newName();
    const failsLate = (hold: () => void) => {
      hold();
      return Promise.reject(new Error('nothing could be remembered'));
    };
    await expect(once().run(claim(name), failsLate)).rejects.toThrow();
    await expect(once().run(claim(name), () => Promise.reject(new Error('too early')))).rejects.toThrow();
    expect(await once().find(name)).toEqual(left());
    expect(await once().run(claim(name, 'hash-2'), async () => published())).toEqual({ kind: 'held' });
    expect((await once().run(claim(name), async () => published())).kind).toBe('first');
  });

  it('does the work once of many that come at the same time', async () => {
    const name = newName();
    const works: number[] = [];
    const run = (i: number) =>
      once().run(claim(name), async () => {
        works.push(i);
        return published();
      });
    const ends = await Promise.all(Array.from({ length: 10 }, (_, i) => run(i)));
    expect(works).toHaveLength(1);
    expect(ends.filter(end => end.kind === 'first')).toHaveLength(1);
  });

  describe('again', () => {
    const quarantined: Remembered = { ...published('{"status":"quarantined"}'), status: 'quarantined' };
    const remembered = async (value: Remembered) => {
      const name = newName();
      await once().run(claim(name), async () => value);
      return name;
    };

    it('remembers the new result and payload instead', async () => {
      const name = await remembered(quarantined);
      const work = async () => {
        expect(await once().find(name)).toEqual(found(quarantined, true));
        return published();
      };
      const end = await once().again(claim(name, 'hash-2'), quarantined, work);
      expect(end).toEqual({ kind: 'first', value: published() });
      expect(await once().find(name)).toEqual(found(published()));
      const repeat = await once().run(claim(name, 'hash-2'), () => Promise.reject(new Error('done twice')));
      expect(repeat).toEqual({ kind: 'repeat', value: published() });
      const conflict = await once().run(claim(name), async () => published());
      expect(conflict).toEqual({ kind: 'conflict', value: published() });
    });

    it('is busy while another is at it, who sees what was remembered', async () => {
      const name = await remembered(quarantined);
      let inner: unknown;
      await once().again(claim(name), quarantined, async () => {
        const repeat = await once().run(claim(name), () => Promise.reject(new Error('done twice')));
        expect(repeat).toEqual({ kind: 'repeat', value: quarantined });
        inner = await once().again(claim(name), quarantined, async () => published());
        return published();
      });
      expect(inner).toEqual({ kind: 'busy' });
    });

    it('is busy where something else is remembered by now, or nothing', async () => {
      const name = await remembered(published());
      expect(await once().again(claim(name), quarantined, async () => published())).toEqual({ kind: 'busy' });
      const never = await once().again(claim(newName()), quarantined, async () => published());
      expect(never).toEqual({ kind: 'busy' });
    });

    it('keeps what was remembered when the work throws, and throws what it threw', async () => {
      const name = await remembered(quarantined);
      const failure = new Error('the bus is down');
      const failed = once().again(claim(name), quarantined, () => Promise.reject(failure));
      await expect(failed).rejects.toBe(failure);
      expect(await once().find(name)).toEqual(found(quarantined));
      expect((await once().again(claim(name), quarantined, async () => published())).kind).toBe('first');
    });

    it('goes to the next when the time of one that died is over', async () => {
      const name = await remembered(quarantined);
      const dies = once().again(
        claim(name, 'hash-1', 1),
        quarantined,
        () => new Promise<never>(() => undefined),
      );
      dies.catch(() => undefined);
      await new Promise(done => setTimeout(done, 40));
      expect(await once().find(name)).toEqual(left(quarantined));
      expect((await once().again(claim(name), quarantined, async () => published())).kind).toBe('first');
    });

    it('goes only to the same payload when the one that failed may have published', async () => {
      const name = await remembered(quarantined);
      const failure = new Error('the queue is down');
      const failed = once().again(claim(name, 'hash-2'), quarantined, hold => {
        hold();
        return Promise.reject(failure);
      });
      await expect(failed).rejects.toBe(failure);
      expect(await once().find(name)).toEqual(left(quarantined));
      const failsEarly = () => Promise.reject(failure);
      await expect(once().again(claim(name, 'hash-2'), quarantined, failsEarly)).rejects.toBe(failure);
      const other = await once().again(claim(name, 'hash-3'), quarantined, async () => published());
      expect(other).toEqual({ kind: 'held' });
      const same = await once().again(claim(name, 'hash-2'), quarantined, async () => published());
      expect(same.kind).toBe('first');
      expect(await once().find(name)).toEqual(found(published()));
    });

    it('goes only to the same payload when the one with the lease died', async () => {
      const name = await remembered(quarantined);
      const dies = once().again(
        claim(name, 'hash-2', 1),
        quarantined,
        () => new Promise<never>(() => undefined),
      );
      dies.catch(() => undefined);
      await new Promise(done => setTimeout(done, 40));
      expect(await once().again(claim(name), quarantined, async () => published())).toEqual({ kind: 'held' });
      const same = await once().again(claim(name, 'hash-2'), quarantined, async () => published());
      expect(same.kind).toBe('first');
    });

    it('is busy for one whose time was over and whose work another did meanwhile', async () => {
      const name = await remembered(quarantined);
      const late = await once().again(claim(name, 'hash-1', 1), quarantined, async () => {
        await new Promise(done => setTimeout(done, 40));
        const next = await once().again(claim(name), quarantined, async () => published('{"next":1}'));
        expect(next.kind).toBe('first');
        return published('{"late":1}');
      });
      expect(late).toEqual({ kind: 'busy' });
      expect(await once().find(name)).toEqual(found(published('{"next":1}')));
    });

    it('is done once of many that come at the same time', async () => {
      const name = await remembered(quarantined);
      const again = () => once().again(claim(name), quarantined, async () => published());
      const ends = await Promise.all(Array.from({ length: 10 }, again));
      expect(ends.filter(end => end.kind === 'first')).toHaveLength(1);
    });
  });

  it('finds what is remembered, and tells what is at work from what is unknown', async () => {
    const name = newName();
    expect(await once().find(name)).toEqual(found());
    await once().run(claim(name), async () => {
      expect(await once().find(name)).toEqual(found(undefined, true));
      return published();
    });
    expect(await once().find(name)).toEqual(found(published()));
  });
};
