import type { Issue } from '#operate/core/issues/issue.ts';
import type { DeadLetters, Issues, Objects, Store } from '#operate/ports.ts';

/** Objects whose `put` creates the bucket of a store where there is none. */
export interface GivenObjects {
  readonly objects: Objects;
  put(store: Store, key: string, content: string): Promise<void>;
}

const feed: Store = { undeliveredOf: 'crm-customers' };
const whole = { start: 0, end: 100 };
const textOf = (bytes: Uint8Array | undefined) => bytes && Buffer.from(bytes).toString('utf8');

/** What every store of objects promises. */
export const objectsSuite = (given: () => Promise<GivenObjects>): void => {
  it('lists in the order of keys, after a key, and no more than asked', async () => {
    const { objects, put } = await given();
    for (const key of ['a/2', 'a/1', 'a/3 ü', 'b/1']) await put('quarantine', key, 'x');
    const keys = async (page: { prefix: string; after?: string; limit: number }) => {
      const found = await objects.list('quarantine', page);
      return found === 'missing' ? found : found.map(({ key }) => key);
    };
    expect(await keys({ prefix: 'a/', limit: 100 })).toEqual(['a/1', 'a/2', 'a/3 ü']);
    expect(await keys({ prefix: 'a/', limit: 2 })).toEqual(['a/1', 'a/2']);
    expect(await keys({ prefix: 'a/', after: 'a/1', limit: 100 })).toEqual(['a/2', 'a/3 ü']);
    expect(await keys({ prefix: 'c/', limit: 100 })).toEqual([]);
    expect(await objects.list('quarantine', { prefix: 'b/', limit: 1 })).toEqual([
      { key: 'b/1', bytes: 1, modifiedAt: expect.stringMatching(/^\d{4}-.*Z$/) },
    ]);
  });

  it('reads a range of an object, which may end past it, and says when it is not there', async () => {
    const { objects, put } = await given();
    await put(feed, 'aws/lambda/1', '0123456789');
    expect(textOf(await objects.read(feed, 'aws/lambda/1', { start: 2, end: 5 }))).toBe('234');
    expect(textOf(await objects.read(feed, 'aws/lambda/1', whole))).toBe('0123456789');
    expect(textOf(await objects.read(feed, 'aws/lambda/1', { start: 10, end: 20 }))).toBe('');
    expect(await objects.read(feed, 'aws/lambda/2', whole)).toBeUndefined();
  });

  it('says that a bucket is missing', async () => {
    const { objects } = await given();
    expect(await objects.list({ undeliveredOf: 'nobody' }, { prefix: '', limit: 1 })).toBe('missing');
  });
};

/** Dead letters whose `send` creates the queue of an integration where there is none. */
export interface GivenLetters {
  readonly deadLetters: DeadLetters;
  send(integration: string, ...bodies: readonly string[]): Promise<void>;
}

/** What every reader of dead letters promises. */
export const deadLettersSuite = (given: () => Promise<GivenLetters>): void => {
  const bodiesIn = async ({ deadLetters }: GivenLetters, integration: string, limit = 100) => {
    const letters = await deadLetters.read(integration, limit);
    return letters === 'missing' ? letters : letters.map(({ body }) => body).sort();
  };

  it('reads each once, more than one batch of them, and leaves them to be read again', async () => {
    const letters = await given();
    const bodies = Array.from({ length: 23 }, (_, n) => `letter ${String(n).padStart(2, '0')}`);
    await letters.send('acme-orders', ...bodies);
    expect(await bodiesIn(letters, 'acme-orders')).toEqual(bodies);
    expect(await bodiesIn(letters, 'acme-orders')).toEqual(bodies);
    expect(await letters.deadLetters.count('acme-orders')).toBe(23);
  });

  it('reads no more than asked, and then the same again', async () => {
    const letters = await given();
    await letters.send('globex', 'a', 'b', 'c');
    expect(await bodiesIn(letters, 'globex', 2)).toHaveLength(2);
    expect(await bodiesIn(letters, 'globex')).toEqual(['a', 'b', 'c']);
  });

  it('says when and how often a letter was received', async () => {
    const letters = await given();
    await letters.send('initech', 'a');
    const [letter] = (await letters.deadLetters.read('initech', 1)) as readonly {
      sentAt: number;
      receives: number;
    }[];
    expect(letter!.sentAt).toBeGreaterThan(Date.parse('2020-01-01'));
    expect(letter!.receives).toBeGreaterThanOrEqual(1);
  });

  it('says that a queue is missing, or empty', async () => {
    const letters = await given();
    expect(await letters.deadLetters.count('nobody')).toBe('missing');
    expect(await letters.deadLetters.read('nobody', 1)).toBe('missing');
    await letters.send('hooli');
    expect(await letters.deadLetters.count('hooli')).toBe(0);
    expect(await letters.deadLetters.read('hooli', 1)).toEqual([]);
  });
};

/** What every store of issues promises. */
export const issuesSuite = (issues: () => Issues): void => {
  const issue = (integration: string, code: string, count = 1): Issue => ({
    ...{ integration, code, count, state: 'open', reopened: 0, sightings: ['a'] },
    ...{ firstSeen: '2026-11-20T08:00:00.000Z', lastSeen: '2126-11-20T08:00:00.000Z' },
    ...{ openedAt: '2026-11-20T08:00:00.000Z', example: { unit: 'u', place: 'line 3' } },
  });

  it('keeps an issue, and gives those of one integration', async () => {
    await issues().store(issue('lane-a', 'NOT_A_DATE'), undefined);
    await issues().store(issue('lane-a', 'RAGGED_ROW'), undefined);
    await issues().store(issue('lane-ab', 'RAGGED_ROW'), undefined);
    const found = await issues().list('lane-a');
    expect(found.map(({ code }) => code).sort()).toEqual(['NOT_A_DATE', 'RAGGED_ROW']);
    const stored = await issues().read({ integration: 'lane-a', code: 'NOT_A_DATE' });
    expect(stored!.issue).toEqual(issue('lane-a', 'NOT_A_DATE'));
    expect(await issues().read({ integration: 'lane-a', code: 'NOBODY' })).toBeUndefined();
  });

  it('stores only over what was read', async () => {
    const key = { integration: 'lane-b', code: 'NOT_A_DATE' };
    expect(await issues().store(issue('lane-b', 'NOT_A_DATE'), undefined)).toBe(true);
    expect(await issues().store(issue('lane-b', 'NOT_A_DATE', 2), undefined)).toBe(false);
    const read = await issues().read(key);
    expect(await issues().store(issue('lane-b', 'NOT_A_DATE', 3), read)).toBe(true);
    expect(await issues().store(issue('lane-b', 'NOT_A_DATE', 4), read)).toBe(false);
    expect((await issues().read(key))!.issue.count).toBe(3);
  });
};
