import type { FileLane } from '#adapters/file-lane/contract/file-lane.ts';
import { answerOf, metadataOf } from '#adapters/file-lane/core/acknowledgement/answer.ts';
import { handoffIdOf } from '#adapters/file-lane/core/outcome/handoff-id.ts';
import { memoryHandoffSearch } from '#adapters/file-lane/memory/memory-handoff-search.ts';
import { memoryLedger } from '#adapters/file-lane/memory/memory-ledger.ts';
import type { KnownIntegration } from '#operate/core/known-integration.ts';
import type { Switch } from '#operate/core/switch/switch.ts';
import { reconcile } from '#operate/flow/reconcile/reconcile.ts';
import { MemoryDeadLetters } from '#operate/memory/memory-dead-letters.ts';
import { MemoryObjects } from '#operate/memory/memory-objects.ts';
import { MemoryReconciliations } from '#operate/memory/memory-reconciliations.ts';
import { MemoryMappings, MemorySwitches } from '#operate/memory/memory-switches.ts';
import type { FinishedLetters, ReconcilePorts } from '#operate/reconcile-ports.ts';
import type { Schedule } from '#shared/contract/schedule.ts';
import { emptyTally } from '#shared/core/outcome/tally.ts';
import { MemoryBus } from '#shared/memory/memory-bus.ts';
import { MemoryClock } from '#shared/memory/memory-clock.ts';
import { MemoryFiles } from '#shared/memory/memory-files.ts';
import { MemoryLog } from '#shared/memory/memory-log.ts';
import { MemoryQueue } from '#shared/memory/memory-queue.ts';
import { begun, lease, progressAt } from '../../shared/ports/given.ts';

const now = Date.parse('2026-11-20T12:00:00Z');
const withoutProviders: Pick<ReconcilePorts, 'listed' | 'deliveries' | 'providers' | 'listingTokens'> = {
  listed: { holder: async () => undefined },
  deliveries: { find: () => Promise.reject(new Error('a lane has no deliveries')) },
  providers: { ask: () => Promise.reject(new Error('no provider is asked')) },
  listingTokens: { read: async () => undefined },
};
const delivery = {
  folder: 'acme',
  name: 'orders_{digits}.csv',
  compression: [],
  startsOn: 'data',
  security: {},
  via: ['s3'],
  retentionDays: 400,
} as const satisfies FileLane['delivery'];

/** A lane, its ledger and its objects, in memory. */
class Given {
  readonly ledger = memoryLedger();
  readonly objects = new MemoryObjects();
  readonly files = new MemoryFiles();
  readonly reconciliations = new MemoryReconciliations();
  readonly deadLetters = new MemoryDeadLetters();
  /** Removes from `deadLetters` what is finished. */
  readonly finishedLetters: FinishedLetters = {
    remove: async (integration, isFinished) => {
      const letters = await this.deadLetters.read(integration, 100);
      if (letters === 'missing') return 0;
      const finished = await Promise.all(letters.map(({ body }) => isFinished(body)));
      this.deadLetters.remove(integration);
      this.deadLetters.put(integration, ...letters.filter((_, i) => !finished[i]));
      return finished.filter(Boolean).length;
    },
  };
  readonly queue = new MemoryQueue();
  /** What waits in the queue of the lane. */
  readonly work = new MemoryDeadLetters();
  readonly switches = new MemorySwitches();
  readonly mappings = new MemoryMappings();
  readonly bus = new MemoryBus();
  readonly clock = new MemoryClock(now);
  readonly log = new MemoryLog();
  readonly #delivery: FileLane['delivery'];

  constructor(changes: Partial<FileLane['delivery']> = {}) {
    this.#delivery = { ...delivery, ...changes };
    this.objects.put('inbound', 'x', '');
    this.objects.put('quarantine', 'x', '');
  }

  run({
    isAsked = false,
    remaining = 900_000,
    schedule = undefined as Schedule | undefined,
    ports = {} as Partial<ReconcilePorts>,
  } = {}) {
    const known: KnownIntegration = {
      id: 'acme-orders',
      kind: 'file-lane',
      owner: 'orders',
      partner: 'Acme',
      waitsHours: 96,
    };
    const facts = {
      duplicateDays: 400,
      schemaVersion: '1',
      trust: 'verified',
      tenant: { constant: 'acme' },
    } as const;
    const lane = { id: 'acme-orders', delivery: this.#delivery, ...facts, ...(schedule && { schedule }) };
    const { ledger, objects, files, reconciliations, bus, clock, log } = this;
    const all: ReconcilePorts = {
      ...{ ledger, objects, files, reconciliations, bus, clock, log, reconciled: ledger },
      search: memoryHandoffSearch(ledger),
      deadLetters: this.deadLetters,
      work: this.work,
      switches: this.switches,
      mappings: this.mappings,
      finishedLetters: this.finishedLetters,
      ...withoutProviders,
      workQueue: () => this.queue,
      inboundBucket: 'inbound-bucket',
      ...ports,
    };
    const invocation = { id: 'run', remainingMilliseconds: () => remaining };
    return reconcile({ integrations: [{ ...known, lane }], ports: all, invocation, isAsked });
  }

  /** Drops an object so many minutes ago, as S3 has it. */
  drop(name: string, minutesAgo: number, folder = 'in') {
    const key = `acme/${folder}/${name}`;
    this.objects.put('inbound', key, 'x', new Date(now - 60_000 * minutesAgo).toISOString());
    return this.files.put('inbound', key, 'x');
  }

  get sent(): readonly object[] {
    return this.queue.sent;
  }
}

describe('work that stopped', () => {
  it('goes on at the checkpoint of each chunk that is not done, and is asked for once', async () => {
    const given = new Given();
    const id = await begun(given.ledger);
    const chunk = { handoffId: id, pass: 'publish', n: 0 } as const;
    await given.ledger.leaseChunk(chunk, lease('one'));
    const step = { fencingToken: 1, fromByte: 20, progress: progressAt(70, 6) };
    await given.ledger.checkpoint(chunk, step);
    await given.ledger.recordRetry(id, { stoppedAt: '2026-11-20T11:59:00.000Z' });
    expect(await given.run()).toMatchObject({
      healed: { resumed: 1 },
      results: { unknown: 1 },
      needsPeople: 0,
    });
    const asked = { kind: 'edge.chunk', handoffId: id, pass: 'publish', hop: 0 };
    expect(given.sent).toEqual([
      { ...asked, n: 0, fromByte: 70 },
      { ...asked, n: 1, fromByte: 120 },
    ]);
    expect(await given.run()).toMatchObject({ healed: { resumed: 0 } });
    expect(await given.ledger.find(id)).toMatchObject({
      resumes: 1,
      lastReconciledAt: new Date(now).toISOString(),
      reconciliation: { result: 'unknown' },
    });
  });

  it('is settled by a message to settle, from the part that is reported', async () => {
    const given = new Given();
    const id = await begun(given.ledger);
    const start = { settledAt: '2026-11-20T10:00:00.000Z', ending: { pass: 'publish' } as const };
    await given.ledger.beginSettling(id, lease('one'), start);
    await given.ledger.checkpointReport(id, 'one', { parts: 3, sections: ['a'], rows: 9, byCode: {} });
    await given.run();
    expect(given.sent).toEqual([{ kind: 'edge.settle', handoffId: id, hop: 0, fromPart: 3 }]);
  });

  it('of a file that was never read is notified again, as it was', async () => {
    const given = new Given();
    const notified = given.drop('orders_1.csv', 300);
    const sequencer = { key: notified.key, hex: '0A' };
    await given.ledger.open(
      {
        ...{ id: 'acme-orders.1', integration: 'acme-orders', object: notified, notified, sequencer },
        ...{ causationId: 'notice-1', receivedAt: '2026-11-20T07:00:00.000Z' },
      },
      lease('one'),
    );
    await given.run();
    const { key, versionId, etag } = notified;
    expect(given.sent[0]).toEqual({
      ...{ id: 'notice-1', time: '2026-11-20T07:00:00.000Z', 'detail-type': 'Object Created' },
      detail: {
        bucket: { name: 'inbound-bucket' },
        object: { key, 'version-id': versionId, etag, sequencer: '0A' },
      },
    });
  });
});

describe('a settled file', () => {
  const file = { integration: 'acme-orders', identity: 'identity' };
  const settle = async (given: Given): Promise<string> => {
    const id = await begun(given.ledger);
    await given.ledger.claimFile(file, id, 1);
    await given.ledger.beginSettling(id, lease('one'), { settledAt: '2026-11-20T11:00:00.000Z', ending: {} });
    const tally = { ...emptyTally, published: 17, quarantined: 1 };
    await given.ledger.settle(id, 'one', { state: 'partial', received: 18, tally, expiresAt: 1 });
    return id;
  };
  const acknowledge = (given: Given, id: string) =>
    given.files.replace(
      {
        ...{ bucket: 'inbound', contentType: 'application/json', etag: undefined },
        key: 'acme/ack/orders 20260105 ü+%.csv.ack.json',
        metadata: metadataOf(answerOf({ id, receivedAt: '2026-01-05T08:00:00.000Z' }, true)),
      },
      Buffer.from('{}'),
    );

  it('loses its dead letters, and those of others stay', async () => {
    const given = new Given();
    const id = await settle(given);
    const open = await begun(given.ledger);
    const letter = (message: object) => ({
      messageId: '1',
      body: JSON.stringify(message),
      sentAt: now,
      receives: 10,
    });
    const chunk = { kind: 'edge.chunk', handoffId: id };
    given.deadLetters.put(
      'acme-orders',
      letter(chunk),
      letter({ kind: 'edge.postponed', message: chunk }),
      letter({ kind: 'edge.settle', handoffId: open }),
      // It stands for work that never began, although the hand-off that it names is settled.
      letter({ kind: 'edge.reprocess', handoffId: id, request: 'plan-1', at: '2026-11-20T11:00:00Z' }),
      letter({ detail: { bucket: { name: 'inbound-bucket' }, object: { key: 'acme/in/lost.csv' } } }),
      { ...letter({}), body: 'nonsense' },
    );
    expect(await given.run()).toMatchObject({ healed: { removedLetters: 2 } });
    expect(await given.deadLetters.count('acme-orders')).toBe(4);
  });

  it('is matched once, and then costs nothing more', async () => {
    const given = new Given();
    await acknowledge(given, await settle(given));
    expect(await given.run()).toMatchObject({ results: { matched: 1 }, findings: [] });
    expect(await given.run()).toMatchObject({ results: { matched: 0 } });
    expect(given.sent).toEqual([]);
  });

  it('gets its acknowledgement again', async () => {
    const given = new Given();
    const id = await settle(given);
    expect(await given.run()).toMatchObject({
      results: { 'external-failure': 1 },
      healed: { acknowledged: 1 },
    });
    expect(given.sent).toEqual([{ kind: 'edge.acknowledge', handoffId: id }]);
    await acknowledge(given, id);
    expect(await given.run()).toMatchObject({ results: { matched: 1 } });
  });

  it('claims its content again when nobody has the claim', async () => {
    const given = new Given();
    const id = await settle(given);
    await acknowledge(given, id);
    await given.ledger.releaseFile(file, id);
    expect(await given.run()).toMatchObject({ healed: { claims: 1 }, results: { 'external-failure': 1 } });
    expect(await given.ledger.claimant(file)).toBe(id);
    expect(await given.run()).toMatchObject({ healed: { claims: 0 }, results: { matched: 1 } });
  });

  it('that published nothing gives its content free; the claim of another file stays', async () => {
    const reject = async (given: Given) => {
      const id = await begun(given.ledger);
      await given.ledger.beginSettling(id, lease('one'), {
        settledAt: '2026-11-20T11:00:00.000Z',
        ending: {},
      });
      const tally = { ...emptyTally, rejected: 18 };
      await given.ledger.settle(id, 'one', { state: 'rejected', received: 18, tally, expiresAt: 1 });
      await acknowledge(given, id);
      return id;
    };
    const given = new Given();
    await given.ledger.claimFile(file, await reject(given), 1);
    expect(await given.run()).toMatchObject({ healed: { claims: 1 } });
    expect(await given.ledger.claimant(file)).toBeUndefined();
    await reject(given);
    await given.ledger.claimFile(file, 'acme-orders.other', 1);
    expect(await given.run()).toMatchObject({ healed: { claims: 0 } });
    expect(await given.ledger.claimant(file)).toBe('acme-orders.other');
  });

  it('loses the parts of quarantined rows that no checkpoint names', async () => {
    const given = new Given();
    const id = await begun(given.ledger);
    await given.ledger.claimFile(file, id, 1);
    const chunk = { handoffId: id, pass: 'publish', n: 0 } as const;
    await given.ledger.leaseChunk(chunk, lease('one'));
    const progress = { ...progressAt(120, 11, true), quarantineParts: ['1-1'] };
    await given.ledger.checkpoint(chunk, { fencingToken: 1, fromByte: 20, progress });
    await given.ledger.beginSettling(id, lease('one'), { settledAt: '2026-11-20T11:00:00.000Z', ending: {} });
    const tally = { ...emptyTally, published: 17, quarantined: 1 };
    await given.ledger.settle(id, 'one', { state: 'partial', received: 18, tally, expiresAt: 1 });
    await acknowledge(given, id);
    for (const part of ['publish-0-1-1', 'publish-0-1-2']) {
      const key = `acme-orders/${id}/parts/${part}.jsonl`;
      given.objects.put('quarantine', key, '{}');
      given.files.put('quarantine', key, '{}');
    }
    expect(await given.run()).toMatchObject({ healed: { removedParts: 1 } });
    const left = (part: string) =>
      given.files.head({ bucket: 'quarantine', key: `acme-orders/${id}/parts/publish-0-${part}.jsonl` });
    expect([await left('1-1'), await left('1-2')]).toEqual([expect.anything(), undefined]);
  });
});

describe('an object that the ledger does not know', () => {
  const open = (given: Given, ...begins: Parameters<typeof handoffIdOf>[2]) =>
    given.ledger.open(
      {
        ...{ id: handoffIdOf('acme-orders', 'inbound-bucket', begins), integration: 'acme-orders' },
        ...{ object: begins[0]!, causationId: 'n', receivedAt: new Date(now).toISOString() },
      },
      lease('one'),
    );

  it('is notified again, when it came longer ago than work may take', async () => {
    const given = new Given();
    await open(given, given.drop('orders_1.csv', 60));
    const lost = given.drop('orders_2.csv', 60);
    given.drop('orders_3.csv', 14);
    given.drop('orders_4.csv', 5 * 24 * 60);
    given.drop('.orders_5.csv', 60);
    expect(await given.run()).toMatchObject({
      results: { 'external-success': 1 },
      healed: { notified: 1 },
      findings: expect.arrayContaining([expect.objectContaining({ about: lost.key, needsPeople: false })]),
    });
    expect(given.sent).toMatchObject([
      { detail: { object: { key: lost.key, 'version-id': lost.versionId } } },
    ]);
  });

  it('is notified again under fixed/ too', async () => {
    const given = new Given();
    await open(given, given.drop('orders_1.csv.rejected.csv', 60, 'fixed'));
    const lost = given.drop('orders_2.csv.rejected.csv', 60, 'fixed');
    const other = given.drop('orders_3.csv', 60);
    given.drop('orders_2.csv.ack.json', 60, 'ack');
    expect(await given.run()).toMatchObject({ healed: { notified: 2 } });
    expect(given.sent).toMatchObject([lost, other].map(({ key }) => ({ detail: { object: { key } } })));
  });

  it('is looked for once an hour, and at once when a person asks', async () => {
    const given = new Given();
    await given.run();
    given.drop('orders_2.csv', 1);
    expect(await given.run()).toMatchObject({ healed: { notified: 0 } });
    expect(await given.run({ isAsked: true })).toMatchObject({ healed: { notified: 1 } });
    given.clock.advance(3_600_000);
    expect(await given.run()).toMatchObject({ healed: { notified: 1 } });
  });

  it('is known when what announces it began its hand-off', async () => {
    const given = new Given({ startsOn: 'sidecar' });
    given.drop('orders_1.csv', 60);
    await open(given, given.drop('orders_1.csv.sha256', 60));
    expect(await given.run()).toMatchObject({ healed: { notified: 0 } });
  });
});

describe('a file that is due', () => {
  const schedule = { cron: '0 12 * * *', zone: 'UTC', graceMinutes: 60 };
  const due = '2026-11-20T12:00:00.000Z';
  const pass = (given: Given, minutes: number) => given.clock.advance(60_000 * minutes);
  const come = (given: Given, id: string) =>
    given.ledger.open(
      {
        ...{ id, integration: 'acme-orders', causationId: 'n' },
        object: { bucket: 'inbound', key: `acme/in/${id}`, versionId: 'v1' },
        receivedAt: new Date(given.clock.now()).toISOString(),
      },
      lease('one', given.clock.now()),
    );
  const overdueIn = (given: Given) =>
    given.bus.accepted
      .map(({ detail }) => JSON.parse(detail))
      .filter(({ type }) => type === 'edge.file.overdue.v1')
      .map(({ data }) => data);

  it('is announced once when it is overdue, rings until it comes, and then arrived late', async () => {
    const given = new Given();
    await given.run({ schedule });
    pass(given, 62);
    expect(await given.run({ schedule })).toMatchObject({
      findings: [{ about: 'acme-orders', result: 'external-failure', detail: expect.stringContaining(due) }],
      needsPeople: 0,
    });
    await given.run({ schedule });
    expect(overdueIn(given)).toEqual([
      {
        ...{ integration: 'acme-orders', due, deadline: '2026-11-20T13:00:00.000Z' },
        ...{ cron: schedule.cron, zone: 'UTC', name: delivery.name },
      },
    ]);
    const rings = () => given.log.lines.filter(({ event }) => event === 'file overdue').length;
    expect(rings()).toBe(2);
    pass(given, 20);
    await come(given, 'acme-orders.late');
    pass(given, 2);
    await given.run({ schedule });
    expect([rings(), overdueIn(given).length]).toEqual([2, 1]);
    expect(await given.ledger.find('acme-orders.late')).toMatchObject({ lateFor: due });
    const { watch } = await given.reconciliations.marks('acme-orders');
    expect(watch).toMatchObject({ missing: [], nextDue: Date.parse('2026-11-21T12:00:00Z') });
  });

  it('is not overdue when it came in time, but is while it awaits its sidecar', async () => {
    const given = new Given();
    await given.run({ schedule });
    pass(given, 30);
    await come(given, 'acme-orders.1');
    pass(given, 60);
    await given.run({ schedule });
    expect(overdueIn(given)).toEqual([]);
    pass(given, 24 * 60 - 60);
    await given.ledger.await(
      {
        ...{ id: 'acme-orders.2', integration: 'acme-orders', causationId: 'n' },
        object: { bucket: 'inbound', key: 'acme/in/2', versionId: 'v1' },
        receivedAt: new Date(given.clock.now()).toISOString(),
      },
      { awaiting: 'sidecar', nextRetryAt: '2026-11-22T12:45:00.000Z' },
    );
    pass(given, 62);
    await given.run({ schedule });
    expect(overdueIn(given)).toHaveLength(1);
  });

  it('is announced in the next run when the bus did not take it', async () => {
    const given = new Given();
    await given.run({ schedule });
    pass(given, 62);
    const bus = { put: async () => [{ kind: 'denied', reason: 'no' } as const] };
    await given.run({ schedule, ports: { bus } }).catch(() => undefined);
    expect(overdueIn(given)).toEqual([]);
    pass(given, 20);
    await given.run({ schedule });
    expect(overdueIn(given)).toHaveLength(1);
  });
});

describe('a run', () => {
  it('publishes what it found, once', async () => {
    const given = new Given();
    await begun(given.ledger);
    const run = await given.run();
    const [event] = given.bus.accepted.map(({ detail }) => JSON.parse(detail));
    expect(event).toMatchObject({
      type: 'edge.reconciliation.completed.v1',
      data: { startedAt: new Date(now).toISOString(), results: { unknown: 1 }, failed: [] },
    });
    expect(await given.reconciliations.last()).toEqual(run);
  });

  it('counts dead letters, whose outcome is open', async () => {
    const given = new Given();
    given.deadLetters.put('acme-orders', { messageId: '1', body: '{}', sentAt: now, receives: 10 });
    expect(await given.run()).toMatchObject({
      results: { unknown: 1 },
      findings: [{ about: 'acme-orders', detail: 'dead letters: 1' }],
    });
  });

  it('lets one that is under way finish', async () => {
    const given = new Given();
    await given.reconciliations.begin({ startedAt: 'before', now, until: now + 1 });
    expect(await given.run()).toBe('busy');
  });

  it('names the integrations that it had no time for, or that failed', async () => {
    const given = new Given();
    expect(await given.run({ remaining: 59_999 })).toMatchObject({ failed: ['acme-orders'] });
    given.clock.advance(1);
    const search = { list: async () => Promise.reject(new Error('no table')) };
    expect(await given.run({ ports: { search } })).toMatchObject({ failed: ['acme-orders'] });
    expect(given.log.lines.map(({ event }) => event)).toContain('reconciliation failed');
  });
});

describe('a lane that is disabled', () => {
  const hour = 3_600_000;
  const disabled = (hoursAgo: number): Switch => ({
    to: 'disabled',
    plan: '20261120-disable-0001',
    by: 'arn:aws:iam::123456789012:user/ada',
    at: new Date(now - hoursAgo * hour).toISOString(),
  });

  it('is not looked through: its files wait, and are neither lost nor overdue', async () => {
    const given = new Given();
    await given.switches.set('acme-orders', disabled(1));
    given.mappings.put('acme-orders', { uuid: 'm', state: 'Disabled' });
    given.drop('orders_1.csv', 60);
    const run = await given.run({ schedule: { cron: '0 12 * * *', zone: 'UTC', graceMinutes: 1 } });
    expect(run).toMatchObject({
      healed: { notified: 0 },
      needsPeople: 0,
      findings: [
        {
          about: 'acme-orders',
          detail:
            'disabled since 2026-11-20T11:00:00.000Z by user/ada; its input waits until 2026-11-24T11:00:00.000Z',
        },
      ],
    });
    expect(given.sent).toEqual([]);
    expect(given.bus.accepted).toHaveLength(1);
  });

  it('needs people when half of the time is over that its files wait', async () => {
    const given = new Given();
    await given.switches.set('acme-orders', disabled(49));
    given.mappings.put('acme-orders', { uuid: 'm', state: 'Disabled' });
    expect(await given.run()).toMatchObject({ needsPeople: 1 });
  });

  it('is disabled again when a deployment enabled it, and people learn of it', async () => {
    const given = new Given();
    await given.switches.set('acme-orders', disabled(1));
    given.mappings.put('acme-orders', { uuid: 'm', state: 'Enabled' });
    expect(await given.run()).toMatchObject({
      needsPeople: 1,
      findings: [{ detail: expect.stringContaining('it is disabled again') }],
    });
    expect(await given.mappings.list({ id: 'acme-orders' })).toEqual([{ uuid: 'm', state: 'Disabled' }]);
  });

  it('is looked through again when nothing is left of what waited', async () => {
    const given = new Given();
    await given.switches.set('acme-orders', { ...disabled(1), to: 'enabled' });
    given.drop('orders_1.csv', 60);
    given.work.put('acme-orders', { messageId: '1', body: '{}', sentAt: now, receives: 0 });
    expect(await given.run()).toMatchObject({ healed: { notified: 0 } });
    given.work.remove('acme-orders');
    given.work.put('acme-orders');
    expect(await given.run()).toMatchObject({ healed: { notified: 1 } });
  });
});
