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
  const bounds = { countMax: 3, bytesMax: 1_000, expiresAt: 1_800_000_000 };

  it('numbers rejects from 1 until the hour’s count is used up', async () => {
    const integration = `hooks-${randomUUID()}`;
    const take = () => slots().take(integration, '2026-01-05T08', { bytes: 10, ...bounds });
    expect([await take(), await take(), await take(), await take(), await take()]).toEqual([
      1,
      2,
      3,
      'full',
      'full',
    ]);
    expect(await slots().taken(integration, '2026-01-05T08')).toBe(3);
  });

  it('stops when the hour’s bytes are used up', async () => {
    const integration = `hooks-${randomUUID()}`;
    expect(await slots().take(integration, '2026-01-05T09', { bytes: 900, ...bounds })).toBe(1);
    expect(await slots().take(integration, '2026-01-05T09', { bytes: 101, ...bounds })).toBe('full');
    expect(await slots().taken(integration, '2026-01-05T09')).toBe(1);
  });

  it('takes nothing larger than an hour’s bytes', async () => {
    const integration = `hooks-${randomUUID()}`;
    expect(await slots().take(integration, '2026-01-05T10', { bytes: 1_001, ...bounds })).toBe('full');
    expect(await slots().taken(integration, '2026-01-05T10')).toBe(0);
  });

  it('counts each hour apart', async () => {
    const integration = `hooks-${randomUUID()}`;
    expect(await slots().take(integration, '2026-01-05T11', { bytes: 10, ...bounds })).toBe(1);
    expect(await slots().take(integration, '2026-01-05T12', { bytes: 10, ...bounds })).toBe(1);
  });
};
