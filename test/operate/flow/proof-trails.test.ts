import type { Context } from 'aws-lambda';
import { batchFacts } from '#adapters/cdc-feed/aws/batch-facts.ts';
import { batchSort } from '#adapters/cdc-feed/aws/dynamo-books.ts';
import type { ReprocessRequest } from '#adapters/cdc-feed/core/feed/reprocess-request.ts';
import { deliveryFacts } from '#adapters/webhook-fence/aws/delivery-facts.ts';
import type { OnceClaim, OnceWork } from '#adapters/webhook-fence/ports.ts';
import { cdcFeed } from '#functions/cdc-feed.ts';
import { webhookRelease } from '#functions/webhook-release.ts';
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
import { limits } from '#shared/contract/limits.ts';
import type { AuditFact } from '#shared/core/audit/audit-fact.ts';
import { type ProofAnswer, proofAnswer } from '#shared/core/audit/proof-question.ts';
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

/** The books of an integration as their table's stream brings them, the trail, the bus log, and the auditor. */
class Auditor {
  readonly objects = new MemoryObjects();
  readonly proofs = memoryProofs();
  readonly standings = memoryStandings();
  readonly log = new MemoryLog();
  readonly trail = new MemoryTrail();
  readonly facts: AuditFact[] = [];
  readonly busLog: LoggedBus;
  /** The function of the integration, called by the auditor's alias. */
  ask: (question: object) => Promise<ProofAnswer> = async () => ({ events: [], published: [] });
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
        units: { ask: async (_, question) => this.ask(question) },
      } as Partial<ProofPorts> as ProofPorts,
      expected: {},
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
  const handler = cdcFeed(crmCustomers, feed.ports);
  auditor.ask = async question => proofAnswer.parse(await handler(question as ReprocessRequest, byAlias));
  return { feed, auditor };
}

const customer = (id: number) => change({ op: 'c', after: { ...lena, id }, lsn: id });
const none = { proven: 0, missing: 0, unlike: 0, held: 0, waiting: 0 };
const byAlias = {
  invokedFunctionArn: 'arn:aws:lambda:eu-central-1:123456789012:function:x:proof',
  getRemainingTimeInMillis: () => 60_000,
} as Context;

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

  it('waits for the log, has what is missing published again, and is proven then', async () => {
    const { feed, auditor } = audited();
    await feed.put(...[1, 2].map(customer), { data: 'faulty' }, customer(3)).run();
    const { accepted } = feed.ports.bus;
    const lost = accepted[1]?.id;
    auditor.busLog.write([1]);
    expect(await auditor.prove(60)).toEqual(none);
    expect(await auditor.prove()).toEqual({ ...none, missing: 1 });
    expect(await auditor.counts()).toMatchObject({ claimed: 3, onBus: 2 });
    expect(accepted.slice(3).map(({ id }) => id)).toEqual([lost]);
    expect(accepted.at(-1)?.detail).toBe(accepted[1]?.detail);
    const [key = ''] = feed.ports.books.entries.keys();
    expect(await auditor.proofs.find(key)).toMatchObject({ state: 'missing', onBus: 2, missing: [lost] });
    auditor.busLog.write();
    expect(await auditor.prove()).toEqual({ ...none, proven: 1 });
    expect(await auditor.counts()).toMatchObject({ claimed: 3, onBus: 3 });
  });

  it('has nothing published while its feed is disabled, however long, and all of it when it is enabled', async () => {
    const { feed, auditor } = audited();
    await feed.put(...[1, 2].map(customer)).run();
    const { bus, input, clock } = feed.ports;
    auditor.busLog.write([1]);
    input.disabled = true;
    for (let days = 0; days < 5; days += 1) {
      expect(await auditor.prove()).toEqual({ ...none, missing: 1 });
      clock.advance(1_000 * limits.secondsADay);
    }
    expect(bus.accepted).toHaveLength(2);
    expect(auditor.log.lines.at(-1)?.fields).toMatchObject({ missing: 1, disabled: true });
    input.disabled = false;
    expect(await auditor.prove()).toEqual({ ...none, missing: 1 });
    expect(bus.accepted[2]?.id).toBe(bus.accepted[1]?.id);
    auditor.busLog.write();
    expect(await auditor.prove()).toEqual({ ...none, proven: 1 });
  });

  it('has nothing published behind a newer event of the same row', async () => {
    const { feed, auditor } = audited();
    await feed.put(customer(1), customer(2)).run();
    const after = { ...lena, id: 1, email: 'new@example.com' };
    await feed.put(change({ op: 'u', before: { ...lena, id: 1 }, after, lsn: 9 })).run();
    const before = feed.ports.bus.accepted.length;
    auditor.busLog.write([0, 1]);
    expect(await auditor.prove()).toEqual({ ...none, proven: 1, held: 1 });
    expect(feed.ports.bus.accepted.slice(before).map(({ id }) => id)).toEqual([
      feed.ports.bus.accepted[1]?.id,
    ]);
  });

  it('has nothing published when the contract makes other events of it now', async () => {
    const { feed, auditor } = audited();
    await feed.put(...[1, 2].map(customer)).run();
    auditor.busLog.write([1]);
    auditor.ask = async () => ({ events: [], published: [] });
    const before = feed.ports.bus.accepted.length;
    expect(await auditor.prove()).toEqual({ ...none, unlike: 1 });
    expect(feed.ports.bus.accepted).toHaveLength(before);
  });

  it('is proven although one of its quarantined changes was published later', async () => {
    const { feed, auditor } = audited();
    await feed.put(customer(1), change({ op: 'c', after: { ...lena, id: 2, tier: '?' }, lsn: 2 })).run();
    const { accepted } = feed.ports.bus;
    const [first] = accepted;
    if (!first) throw new Error('nothing was published');
    const detail = first.detail.replaceAll(first.id, first.id.replaceAll('a', 'b'));
    accepted.push({ ...first, id: first.id.replaceAll('a', 'b'), detail });
    auditor.busLog.write();
    expect(await auditor.prove()).toEqual({ ...none, proven: 1 });
    expect(accepted).toHaveLength(2);
  });
});

/** A fence whose claims go to a trail. */
function auditedFence() {
  const fence = new FenceSimulator(fenceWith());
  const { bus, clock, once } = fence.ports;
  const auditor = new Auditor({ id: 'pay-hooks', kind: 'webhook-fence', bus, clock });
  const record = (name: string, payloadHash: string, value?: object) =>
    auditor.change(
      `pay-hooks#${name}`,
      '',
      { validation: payloadHash, status: value ? 'COMPLETED' : 'INPROGRESS', ...(value && { data: value }) },
      deliveryFacts,
    );
  const run = once.run.bind(once);
  const again = once.again.bind(once);
  const recorded =
    (claim: OnceClaim, work: OnceWork): OnceWork =>
    async hold => {
      const value = await work(hold);
      record(claim.name, claim.payloadHash, value);
      return value;
    };
  once.run = (claim, work) =>
    run(claim, hold => {
      record(claim.name, claim.payloadHash);
      return recorded(claim, work)(hold);
    });
  once.again = (claim, known, work) => again(claim, known, recorded(claim, work));
  auditor.objects.put('busLog', 'events/1', '');
  const release = webhookRelease(fenceWith(), fence.ports);
  auditor.ask = async question => proofAnswer.parse(await release(question, byAlias));
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

  it('has nothing published while its fence is disabled, and all of it when it is enabled', async () => {
    const { fence, auditor } = auditedFence();
    await fence.send({ id: 'msg_1' });
    const { accepted } = fence.ports.bus;
    auditor.busLog.write([0]);
    fence.ports.input.disabled = true;
    expect(await auditor.prove()).toEqual({ ...none, missing: 1 });
    expect(accepted).toHaveLength(1);
    fence.ports.input.disabled = false;
    expect(await auditor.prove()).toEqual({ ...none, missing: 1 });
    expect(accepted[1]).toEqual(accepted[0]);
  });

  it('has what is missing published again, and more missing than can be believed is left to people', async () => {
    const { fence, auditor } = auditedFence();
    await fence.send({ id: 'msg_1' });
    const { accepted } = fence.ports.bus;
    auditor.busLog.write([0]);
    expect(await auditor.prove()).toEqual({ ...none, missing: 1 });
    expect(accepted[1]).toEqual(accepted[0]);
    auditor.busLog.write();
    expect(await auditor.prove()).toEqual({ ...none, proven: 1 });
    for (let n = 0; n <= limits.openClaimsMax; n++)
      await fence.send({ id: `many_${n}`, body: payment(`p-${n}`) });
    const before = accepted.length;
    expect(await auditor.prove()).toEqual({ ...none, missing: limits.openClaimsMax + 1 });
    expect(accepted).toHaveLength(before);
    auditor.busLog.write();
    expect(await auditor.prove()).toEqual({ ...none, proven: limits.openClaimsMax + 1 });
  });
});
