import { batchFacts } from '#adapters/cdc-feed/aws/batch-facts.ts';
import { batchSort } from '#adapters/cdc-feed/aws/dynamo-books.ts';
import { deliveryFacts } from '#adapters/webhook-fence/aws/delivery-facts.ts';
import type { OnceClaim, OnceWork } from '#adapters/webhook-fence/ports.ts';
import crmCustomers from '#integrations/crm-customers/contract.ts';
import { appendFacts } from '#operate/flow/audit/append-facts.ts';
import { proveBus } from '#operate/flow/proof/prove-bus.ts';
import { MemoryAuditHeads } from '#operate/memory/memory-audit-heads.ts';
import { MemoryObjects } from '#operate/memory/memory-objects.ts';
import { memoryProofs, memoryStandings } from '#operate/memory/memory-proofs.ts';
import { MemoryTrail } from '#operate/memory/memory-trail.ts';
import type { ProofPorts } from '#operate/ports.ts';
import type { BookChange } from '#shared/aws/book-change.ts';
import type { Item } from '#shared/aws/dynamo-table.ts';
import type { Kind } from '#shared/contract/kind.ts';
import type { AuditFact } from '#shared/core/audit/audit-fact.ts';
import type { MemoryBus } from '#shared/memory/memory-bus.ts';
import type { MemoryClock } from '#shared/memory/memory-clock.ts';
import { MemoryLog } from '#shared/memory/memory-log.ts';
import { change, lena } from '../../cdc-feed/flow/debezium.ts';
import { FeedSimulator } from '../../cdc-feed/flow/simulator.ts';
import { fenceWith } from '../../webhook-fence/flow/fences.ts';
import { FenceSimulator, payment } from '../../webhook-fence/flow/simulator.ts';
import { LoggedBus } from './logged-bus.ts';

interface Audited {
  readonly id: string;
  readonly kind: Kind;
  readonly bus: MemoryBus;
  readonly clock: MemoryClock;
}

/** The books of an integration as their table's stream tells them, the trail, the bus log, and the auditor. */
class Auditor {
  readonly objects = new MemoryObjects();
  readonly proofs = memoryProofs();
  readonly standings = memoryStandings();
  readonly log = new MemoryLog();
  readonly trail = new MemoryTrail();
  readonly facts: AuditFact[] = [];
  readonly busLog: LoggedBus;
  readonly #audited: Audited;
  readonly #heads = new MemoryAuditHeads();
  readonly #items = new Map<string, Item>();

  constructor(audited: Audited) {
    this.#audited = audited;
    this.busLog = new LoggedBus(audited, this.objects);
  }

  change(pk: string, sk: string, after: Item, factsOf: (change: BookChange) => readonly AuditFact[]): void {
    const before = this.#items.get(pk);
    this.#items.set(pk, after);
    const at = new Date(this.#audited.clock.now()).toISOString();
    const id = `e${this.facts.length}`;
    this.facts.push(...factsOf({ id, at, pk, sk, before, after, isExpired: false }));
  }

  async prove(graceSeconds = 0) {
    const { id, kind, clock } = this.#audited;
    await this.writeTrail();
    return proveBus({
      integrations: [{ id, kind, owner: 'edge', partner: 'P' }],
      ports: {
        ...{ clock, log: this.log, proofs: this.proofs, objects: this.objects, trail: this.trail },
        standings: this.standings,
      } as Partial<ProofPorts> as ProofPorts,
      invocation: { remainingMilliseconds: () => 900_000 },
      graceSeconds,
    });
  }

  async writeTrail(): Promise<void> {
    const { clock } = this.#audited;
    const facts = this.facts.splice(0);
    if (facts.length > 0)
      await appendFacts({ trail: this.trail, heads: this.#heads, clock, log: this.log }, facts);
  }

  counts(day = '2026-01-05') {
    return this.standings.day(this.#audited.id, day);
  }
}

/** A feed whose books go to a trail. */
function audited() {
  const feed = new FeedSimulator(crmCustomers, { batchRecords: 4 });
  const { bus, clock, books } = feed.ports;
  const auditor = new Auditor({ id: crmCustomers.id, kind: 'cdc-feed', bus, clock });
  const keep = books.keep.bind(books);
  books.keep = async entry => {
    const { integration, key, ...kept } = entry;
    const pk = `${integration}#${key}`;
    auditor.change(pk, batchSort, { pk, sk: batchSort, ...kept }, batchFacts);
    await keep(entry);
  };
  auditor.objects.put('busLog', 'events/1', '');
  return { feed, auditor };
}

const customer = (id: number) => change({ op: 'c', after: { ...lena, id }, lsn: id });
const none = { proven: 0, missing: 0, unlike: 0, waiting: 0 };

describe('a batch of changes', () => {
  it('is proven by its digest, and its records are counted on the day on which they came', async () => {
    const { feed, auditor } = audited();
    await feed.put(...[1, 2, 3, 4, 5].map(customer), { data: 'faulty' }).run();
    auditor.busLog.write();
    expect(await auditor.prove()).toEqual({ ...none, proven: 2 });
    expect(await auditor.counts()).toMatchObject({
      ...{ received: 6, claimed: 5, onBus: 5 },
      outcomes: { published: 5, quarantined: 1 },
    });
    expect(await auditor.prove()).toEqual(none);
  });

  it('is proven when the bus stopped within it, and when it came again', async () => {
    const { feed, auditor } = audited();
    feed.ports.bus.answer = (entry, call) =>
      call < 8 && entry.detail.includes('"customerId":"3"')
        ? { kind: 'throttled', reason: 'ThrottlingException' }
        : { kind: 'accepted' };
    await feed.put(...[1, 2, 3, 4, 5].map(customer)).run();
    await feed.rewind().run();
    auditor.busLog.write();
    const { missing, unlike, waiting } = await auditor.prove();
    expect({ missing, unlike, waiting }).toEqual({ missing: 0, unlike: 0, waiting: 0 });
    const counts = await auditor.counts();
    expect(counts?.onBus).toBe(counts?.claimed);
    expect(counts?.received).toBe(counts?.outcomes.published);
  });

  it('is missing while one of its events is not on the bus, and proven once it is', async () => {
    const { feed, auditor } = audited();
    await feed.put(...[1, 2, 3].map(customer)).run();
    const { accepted } = feed.ports.bus;
    const lost = accepted[1];
    auditor.busLog.write([1]);
    expect(await auditor.prove(60)).toEqual(none);
    expect(await auditor.prove()).toEqual({ ...none, missing: 1 });
    expect(await auditor.counts()).toMatchObject({ claimed: 3, onBus: 2 });
    if (lost) accepted.push(lost);
    auditor.busLog.write();
    expect(await auditor.prove()).toEqual({ ...none, proven: 1 });
    expect(await auditor.counts()).toMatchObject({ claimed: 3, onBus: 3 });
  });
});

/** A fence whose claims go to a trail. */
function auditedFence() {
  const fence = new FenceSimulator(fenceWith());
  const { bus, clock, once } = fence.ports;
  const auditor = new Auditor({ id: 'pay-hooks', kind: 'webhook-fence', bus, clock });
  const tell = (name: string, payloadHash: string, value?: object) =>
    auditor.change(
      `pay-hooks#${name}`,
      '',
      { validation: payloadHash, status: value ? 'COMPLETED' : 'INPROGRESS', ...(value && { data: value }) },
      deliveryFacts,
    );
  const run = once.run.bind(once);
  const again = once.again.bind(once);
  const told =
    (claim: OnceClaim, work: OnceWork): OnceWork =>
    async hold => {
      const value = await work(hold);
      tell(claim.name, claim.payloadHash, value);
      return value;
    };
  once.run = (claim, work) =>
    run(claim, hold => {
      tell(claim.name, claim.payloadHash);
      return told(claim, work)(hold);
    });
  once.again = (claim, known, work) => again(claim, known, told(claim, work));
  auditor.objects.put('busLog', 'events/1', '');
  return { fence, auditor };
}

describe('a delivery', () => {
  it('is proven by its digest, and is counted once with its last outcome', async () => {
    const { fence, auditor } = auditedFence();
    await fence.send({ id: 'msg_1' });
    await fence.send({ id: 'msg_1' });
    await fence.send({ id: 'msg_2', body: payment('p-2', -1) });
    fence.ports.bus.answer = () => ({ kind: 'throttled', reason: 'ThrottlingException' });
    await fence.send({ id: 'msg_3', body: payment('p-3') });
    fence.ports.bus.answer = () => ({ kind: 'accepted' });
    auditor.busLog.write();
    expect(await auditor.prove()).toEqual({ ...none, proven: 1 });
    expect(await auditor.counts()).toEqual({
      ...{ received: 3, claimed: 1, onBus: 1 },
      outcomes: { published: 1, quarantined: 1, accepted: 1 },
    });
    await fence.drain();
    auditor.busLog.write();
    expect(await auditor.prove()).toEqual({ ...none, proven: 1 });
    expect(await auditor.counts()).toEqual({
      ...{ received: 3, claimed: 2, onBus: 2 },
      outcomes: { published: 2, quarantined: 1, accepted: 0 },
    });
  });
});
