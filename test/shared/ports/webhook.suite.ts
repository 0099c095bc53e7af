import { randomUUID } from 'node:crypto';
import type { Quota, RejectSlots } from '#adapters/webhook-fence/ports.ts';

/** What every quota promises. */
export const quotaSuite = (quota: () => Quota): void => {
  const now = Date.UTC(2026, 0, 5, 8, 0, 7);

  it('takes as many as a window holds, then says when it ends', async () => {
    const window = { name: `pay-hooks#quota#${randomUUID()}`, seconds: 10, max: 3, now };
    for (let i = 0; i < 3; i++) expect(await quota().take(window)).toEqual({ kind: 'taken' });
    const endsAt = Date.UTC(2026, 0, 5, 8, 0, 10);
    expect(await quota().take(window)).toEqual({ kind: 'exhausted', endsAt });
    expect(await quota().take({ ...window, now: endsAt })).toEqual({ kind: 'taken' });
  });

  it('takes no more of many that come at once', async () => {
    const window = { name: `pay-hooks#quota#${randomUUID()}`, seconds: 10, max: 4, now };
    const ends = await Promise.all(Array.from({ length: 12 }, () => quota().take(window)));
    expect(ends.filter(end => end.kind === 'taken')).toHaveLength(4);
  });
};

/** What all reject slots promise. */
export const rejectSlotsSuite = (slots: () => RejectSlots): void => {
  const shelf = { name: 'mismatch', countMax: 3, bytesMax: 1_000 };
  const other = { ...shelf, name: 'mismatch_7' };
  const slot = (bytes: number, on = shelf) => ({ shelf: on, bytes, expiresAt: 1_800_000_000 });

  it('numbers rejects from 1 until the count of the hour’s shelf is used up', async () => {
    const integration = `hooks-${randomUUID()}`;
    const take = () => slots().take(integration, '2026-01-05T08', slot(10));
    expect([await take(), await take(), await take(), await take(), await take()]).toEqual([
      1,
      2,
      3,
      'full',
      'full',
    ]);
    expect(await slots().taken(integration, '2026-01-05T08')).toEqual({ mismatch: 3 });
  });

  it('stops when the bytes of the hour’s shelf are used up', async () => {
    const integration = `hooks-${randomUUID()}`;
    expect(await slots().take(integration, '2026-01-05T09', slot(900))).toBe(1);
    expect(await slots().take(integration, '2026-01-05T09', slot(101))).toBe('full');
    expect(await slots().taken(integration, '2026-01-05T09')).toEqual({ mismatch: 1 });
  });

  it('takes nothing larger than the bytes of a shelf', async () => {
    const integration = `hooks-${randomUUID()}`;
    expect(await slots().take(integration, '2026-01-05T10', slot(1_001))).toBe('full');
    expect(await slots().taken(integration, '2026-01-05T10')).toEqual({});
  });

  it('counts each hour and each shelf apart', async () => {
    const integration = `hooks-${randomUUID()}`;
    const take = (hour: string, on = shelf) => slots().take(integration, hour, slot(500, on));
    expect([await take('2026-01-05T11'), await take('2026-01-05T12')]).toEqual([1, 1]);
    expect([await take('2026-01-05T12'), await take('2026-01-05T12')]).toEqual([2, 'full']);
    expect([await take('2026-01-05T12', other), await take('2026-01-05T12', other)]).toEqual([1, 2]);
    expect(await slots().taken(integration, '2026-01-05T12')).toEqual({ mismatch: 2, mismatch_7: 2 });
  });
};
