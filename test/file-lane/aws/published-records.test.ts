import { PublishedRecords } from '#adapters/file-lane/aws/published-records.ts';
import type { Chunk } from '#adapters/file-lane/core/outcome/handoff.ts';
import { plans, progressAt } from '#test/shared/ports/given.ts';

const chunk = (nextRecord: number, done = false): Chunk => ({
  ...plans[0]!,
  pass: 'publish',
  fencingToken: 1,
  progress: progressAt(50, nextRecord, done),
});

describe('what has been published', () => {
  it('is asked once for all records behind the checkpoint, and again for those ahead', async () => {
    const asked: string[] = [];
    let now = chunk(6);
    const published = new PublishedRecords(async id => {
      asked.push(id);
      return [now];
    });
    expect([await published.has('a', 5), await published.has('a', 4)]).toEqual([true, true]);
    expect(asked).toHaveLength(1);
    expect(await published.has('a', 6)).toBe(false);
    now = chunk(11, true);
    expect([await published.has('a', 6), await published.has('a', 10)]).toEqual([true, true]);
    expect(asked).toHaveLength(3);
  });

  it('is remembered of a bounded number of hand-offs', async () => {
    let asked = 0;
    const published = new PublishedRecords(async () => {
      asked += 1;
      return [chunk(11, true)];
    });
    for (let n = 0; n < 65; n++) await published.has(`h${n}`, 1);
    await published.has('h64', 1);
    expect(asked).toBe(65);
    await published.has('h0', 1);
    expect(asked).toBe(66);
  });
});
