import type { ProviderListing } from '#adapters/webhook-fence/contract/provider-listing.ts';
import { listedKey } from '#adapters/webhook-fence/core/listing/listed-key.ts';
import type { OnceFound } from '#adapters/webhook-fence/ports.ts';
import { reconcileIntegration } from '#operate/flow/reconcile/reconcile-integration.ts';
import { MemoryDeadLetters } from '#operate/memory/memory-dead-letters.ts';
import { MemoryObjects } from '#operate/memory/memory-objects.ts';
import { MemoryReconciliations } from '#operate/memory/memory-reconciliations.ts';
import type { ReconcilePorts } from '#operate/reconcile-ports.ts';
import { limits } from '#shared/contract/limits.ts';
import { MemoryClock } from '#shared/memory/memory-clock.ts';
import { MemoryLog } from '#shared/memory/memory-log.ts';
import { MemoryQueue } from '#shared/memory/memory-queue.ts';

const start = Date.parse('2026-11-28T12:00:00Z');
const hour = 3_600_000;
const listing: ProviderListing = {
  url: 'https://api.example.com/items?from={from}&to={to}&page={cursor}',
  auth: { header: 'x-token' },
  ...{ items: '/items', id: '/id', time: '/at', delivered: '/id', next: { cursor: '/next' } },
};
const known = { id: 'shop', kind: 'webhook-fence', owner: 'orders', partner: 'Shop' } as const;

/** A provider with pages of items, and what its fence remembers. */
class Given {
  readonly reconciliations = new MemoryReconciliations();
  readonly clock = new MemoryClock(start);
  readonly log = new MemoryLog();
  readonly objects = new MemoryObjects();
  readonly queue = new MemoryQueue();
  /** What is remembered of deliveries. */
  ends: Readonly<Record<string, OnceFound>> = {};
  readonly remembered = new Set<string>();
  readonly asked: string[] = [];
  pages: Readonly<Record<string, { items: object[]; next?: string } | number>> = {};
  token: string | undefined = 'secret';

  constructor() {
    this.objects.put('raw', 'x', '');
  }

  run({ isAsked = false, hasTime = (): boolean => true, rememberedDays = 40 } = {}) {
    const ports = {
      ...{ reconciliations: this.reconciliations, clock: this.clock, log: this.log },
      ...{ deadLetters: new MemoryDeadLetters(), work: new MemoryDeadLetters() },
      ...{ objects: this.objects, workQueue: () => this.queue },
      deliveries: { find: async (id: string) => this.ends[id] ?? nothing },
      switches: { find: async () => undefined },
      listed: { holder: async (key: string) => (this.remembered.has(key) ? 'delivery' : undefined) },
      listingTokens: { read: async () => this.token },
      providers: {
        ask: async ({ url }: { url: string }) => {
          this.asked.push(url);
          const page = this.pages[new URL(url).searchParams.get('page') ?? 'first'] ?? { items: [] };
          if (page === 0) throw new TypeError('fetch failed');
          return typeof page === 'number'
            ? { status: page, text: '{}' }
            : { status: 200, text: JSON.stringify(page) };
        },
      },
    };
    return reconcileIntegration(
      ports as unknown as ReconcilePorts,
      { ...known, listing, rememberedDays },
      { isAsked, hasTime },
    );
  }

  remember(id: string) {
    this.remembered.add(listedKey('shop', id));
  }

  issues() {
    return this.log.lines.flatMap(
      ({ fields }) => (fields as { issues?: { unit: string; code: string }[] }).issues ?? [],
    );
  }
}

const nothing: OnceFound = { value: undefined, isAtWork: false, mayBePublished: false };
const published: OnceFound = {
  ...nothing,
  value: { status: 'published', tenant: 'acme', answer: { body: '{}' } },
};

describe('a delivery whose function died', () => {
  const key = (day: string, name: string) => `shop/${day}/shop.${name}.0123456789abcdef.json`;

  it('is left when its fence does not remember so long: it may have been published', async () => {
    const given = new Given();
    const ago = (hours: number) => new Date(start - hours * hour).toISOString();
    given.objects.put('raw', key('2026/11/27', 'forgotten'), '', ago(24));
    given.objects.put('raw', key('2026/11/27', 'lost'), '', ago(22));
    given.token = undefined;
    expect(await given.run({ rememberedDays: 1 })).toMatchObject({ healed: { resumed: 1 } });
    expect(given.queue.sent).toMatchObject([{ correlationId: 'shop.lost' }]);
  });

  it('is processed from the archive, once its end is not known for a quarter of an hour', async () => {
    const given = new Given();
    const put = (day: string, name: string, minutesAgo: number) =>
      given.objects.put('raw', key(day, name), '', new Date(start - 60_000 * minutesAgo).toISOString());
    put('2026/11/27', 'lost', 24 * 60);
    put('2026/11/28', 'held', 20);
    put('2026/11/28', 'done', 20);
    put('2026/11/28', 'busy', 20);
    put('2026/11/28', 'young', 5);
    given.objects.put('raw', 'shop/rejects/2026/11/28/12.json', '');
    given.ends = {
      'shop.held': { ...nothing, mayBePublished: true },
      'shop.done': published,
      'shop.busy': { ...nothing, isAtWork: true },
    };
    given.token = undefined;
    expect(await given.run()).toMatchObject({ healed: { resumed: 2 }, results: { unknown: 3 } });
    const lost = { kind: 'edge.spilled', correlationId: 'shop.lost', key: key('2026/11/27', 'lost') };
    const held = { kind: 'edge.spilled', correlationId: 'shop.held', key: key('2026/11/28', 'held') };
    expect(given.queue.sent).toEqual([lost, held]);
    given.ends = { ...given.ends, 'shop.lost': published, 'shop.held': published, 'shop.busy': published };
    given.clock.advance(hour);
    await given.run();
    expect(given.queue.sent.slice(2)).toMatchObject([{ correlationId: 'shop.young' }]);
  });
});

const item = (id: string, hoursAgo: number) => ({ id, at: new Date(start - hoursAgo * hour).toISOString() });

describe('what a provider has', () => {
  it('is held against what the fence remembers, and what it never got is named by id, once as an issue', async () => {
    const given = new Given();
    given.remember('1');
    given.pages = { first: { items: [item('1', 3), item('2', 2), item('3', 0.5)] } };
    const found = await given.run();
    expect(given.asked[0]).toContain('from=2026-11-27T11%3A00%3A00.000Z&to=2026-11-28T11%3A00%3A00.000Z');
    expect(found).toMatchObject({
      results: { matched: 1, 'external-success': 1 },
      needsPeople: 1,
      findings: [{ integration: 'shop', about: '2', result: 'external-success' }],
    });
    expect(given.issues()).toEqual([{ code: 'NOT_DELIVERED', count: 1, unit: '2', once: '2' }]);
    given.clock.advance(60_000);
    expect(await given.run()).toMatchObject({ needsPeople: 0, findings: [{ about: '2' }] });
    expect(given.asked).toHaveLength(1);
  });

  it('is asked for once an hour, from the grace before the last answer on; what came late is no longer missing', async () => {
    const given = new Given();
    given.pages = { first: { items: [item('2', 2)] } };
    await given.run();
    given.remember('2');
    given.clock.advance(hour);
    expect(await given.run()).toMatchObject({ needsPeople: 0, findings: [] });
    expect(given.asked[1]).toContain('from=2026-11-28T10%3A00%3A00.000Z&to=2026-11-28T12%3A00%3A00.000Z');
    expect(given.log.lines.map(({ event }) => event)).toContain('item delivered late');
    expect(given.issues()).toHaveLength(1);
  });

  it('is read page by page, and goes on in the next run where time ended', async () => {
    const given = new Given();
    given.pages = { first: { items: [item('1', 3)], next: 'b' }, b: { items: [item('2', 2)] } };
    let calls = 0;
    expect(await given.run({ hasTime: () => calls++ < 5 })).toMatchObject({ findings: [{ about: '1' }] });
    given.clock.advance(60_000);
    expect(await given.run()).toMatchObject({ findings: [{ about: '2' }, { about: '1' }], needsPeople: 1 });
    expect(given.asked.map(url => new URL(url).searchParams.get('page'))).toEqual([null, 'b']);
  });

  it('is asked for in the next run where no time was left, and again where too many items are missing', async () => {
    const given = new Given();
    given.pages = { first: { items: [item('1', 2)] } };
    expect(await given.run({ hasTime: () => false })).toMatchObject({ findings: [] });
    expect(given.asked).toEqual([]);
    given.clock.advance(60_000);
    expect(await given.run()).toMatchObject({ findings: [{ about: '1' }] });
    const full = new Given();
    const many = Array.from({ length: limits.listingMissingMax }, (_, n) => item(`m${n}`, 2));
    full.pages = { first: { items: many } };
    await full.run();
    full.clock.advance(hour);
    full.pages = { first: { items: [item('late', 0.5)] } };
    await full.run();
    expect(full.asked).toHaveLength(1);
    for (const { id } of many) full.remember(id);
    full.clock.advance(3 * hour);
    expect(await full.run()).toMatchObject({ findings: [{ about: 'late' }] });
    expect(full.asked[1]).toContain('from=2026-11-28T10%3A00%3A00.000Z&to=2026-11-28T15%3A00%3A00.000Z');
  });

  it.each([
    [401, 1, 'the provider answered 401', ['LISTING_REFUSED']],
    [503, 0, 'the provider answered 503', []],
    [0, 0, 'no answer from the provider: TypeError', []],
  ])('is not known where it answers %s', async (status, needsPeople, detail, codes) => {
    const given = new Given();
    given.pages = { first: status };
    const found = await given.run();
    expect(found).toMatchObject({ needsPeople, results: { unknown: 1 } });
    expect(found.findings[0]?.detail).toContain(detail);
    expect(given.issues().map(({ code }) => code)).toEqual(codes);
    given.clock.advance(25 * hour);
    expect(await given.run()).toMatchObject({ needsPeople: 1 });
  });

  it('is not asked for without a token, and not at a page that leads nowhere', async () => {
    const given = new Given();
    given.token = undefined;
    expect((await given.run()).findings[0]?.detail).toContain('the secret has no token');
    expect(given.asked).toEqual([]);
    const looping = new Given();
    looping.pages = { first: { items: [], next: 'b' }, b: { items: [], next: 'b' } };
    expect((await looping.run()).findings[0]?.detail).toContain('a page names itself as the next one');
    expect(looping.asked).toHaveLength(2);
  });
});
