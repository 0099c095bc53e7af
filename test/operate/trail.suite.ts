import type { AuditHeads, Trail } from '#operate/ports.ts';

/** A trail whose objects can be changed as someone with more rights could. */
export interface GivenTrail {
  readonly trail: Trail;
  /** Another version; undefined: a delete marker. */
  put(key: string, text: string | undefined): Promise<void>;
}

/** What every trail promises. */
export const trailSuite = (given: () => Promise<GivenTrail>): void => {
  const page = { prefix: 'records/', limit: 100, bytesMax: 1_000 };
  const keysOf = ({ objects }: Awaited<ReturnType<Trail['kept']>>) => objects.map(({ key }) => key);

  it('creates an object once, and never writes over it', async () => {
    const { trail } = await given();
    expect(await trail.create('records/a', 'first')).toBe('created');
    expect(await trail.create('records/a', 'second')).toBe('exists');
    expect(await trail.read('records/a')).toBe('first');
    expect(await trail.read('records/b')).toBeUndefined();
  });

  it('shows every version of an object and its delete markers, the newest first', async () => {
    const { trail, put } = await given();
    await trail.create('records/a', 'first');
    await put('records/a', 'second');
    await put('records/a', undefined);
    const { objects, isLast } = await trail.kept(page);
    expect(isLast).toBe(true);
    expect(objects.map(({ versions }) => versions.map(({ text }) => text))).toEqual([
      [undefined, 'second', 'first'],
    ]);
    expect(await trail.read('records/a')).toBeUndefined();
  });

  it('gives objects in the order of keys, page by page, each page bounded in objects and bytes', async () => {
    const { trail } = await given();
    for (const key of ['records/b', 'records/a', 'manifests/x', 'records/c'])
      await trail.create(key, 'x'.repeat(400));
    const first = await trail.kept({ ...page, limit: 2 });
    expect([keysOf(first), first.isLast]).toEqual([['records/a', 'records/b'], false]);
    const second = await trail.kept({ ...page, limit: 2, after: 'records/b' });
    expect([keysOf(second), second.isLast]).toEqual([['records/c'], true]);
    expect(keysOf(await trail.kept(page))).toEqual(['records/a', 'records/b']);
    expect(keysOf(await trail.kept({ ...page, bytesMax: 1 }))).toEqual(['records/a']);
    expect(await trail.kept({ ...page, after: 'records/c' })).toEqual({ objects: [], isLast: true });
  });
};

/** What everything that keeps heads promises. */
export const headsSuite = (given: () => Promise<AuditHeads>): void => {
  const chain = { day: '2026-11-28', integration: 'acme' };
  const [none, one, two] = [0, 1, 2].map(objects => ({ objects, records: objects * 2, hash: `h${objects}` }));

  it('advances a head from where it is, and from nowhere else', async () => {
    const heads = await given();
    expect(await heads.find(chain)).toBeUndefined();
    expect(await heads.advance(chain, one!, none!)).toBe(true);
    expect(await heads.advance(chain, one!, none!)).toBe(false);
    expect(await heads.advance(chain, two!, one!)).toBe(true);
    expect(await heads.find(chain)).toEqual(two);
    expect(await heads.find({ ...chain, day: '2026-11-29' })).toBeUndefined();
  });

  it('gives the heads of a day', async () => {
    const heads = await given();
    await heads.advance(chain, one!, none!);
    await heads.advance({ ...chain, integration: 'shopify' }, two!, none!);
    await heads.advance({ ...chain, day: '2026-11-29' }, one!, none!);
    expect(await heads.ofDay('2026-11-28')).toEqual([
      { integration: 'acme', ...one },
      { integration: 'shopify', ...two },
    ]);
  });

  it('keeps the last sealed day', async () => {
    const heads = await given();
    expect(await heads.sealed()).toBeUndefined();
    await heads.keepSealed({ day: '2026-11-27', hash: 'a' });
    await heads.keepSealed({ day: '2026-11-28', hash: 'b' });
    expect(await heads.sealed()).toEqual({ day: '2026-11-28', hash: 'b' });
  });
};
