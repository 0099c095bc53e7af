import { gzipSync } from 'node:zlib';
import type { ReceiptGroup } from '#operate/core/proof/receipt-counter.ts';
import { countReceipts } from '#operate/flow/proof/count-receipts.ts';
import { proveReceipts } from '#operate/flow/proof/prove-receipts.ts';
import { MemoryObjects } from '#operate/memory/memory-objects.ts';
import { memoryStandings } from '#operate/memory/memory-proofs.ts';
import type { ProofPorts } from '#operate/ports.ts';
import { receiptEntries } from '#shared/consumer/receipt.ts';
import { ReceivedEvents } from '#shared/consumer/received-events.ts';
import type { BusEntry } from '#shared/core/batch/bus-entry.ts';
import { MemoryBus } from '#shared/memory/memory-bus.ts';
import { MemoryClock } from '#shared/memory/memory-clock.ts';
import { MemoryLog } from '#shared/memory/memory-log.ts';
import { logLine } from './bus-log.ts';

const type = 'inventory.stock.updated.v1';
const id = (n: number): string => n.toString(16).padStart(8, '0').repeat(8);
const event = (n: number, at: string, more: object = {}): string =>
  logLine({ ...{ id: id(n), at, type, processkey: 'erp-stock/stock' }, ...more });

/** As EventBridge delivers an entry that a consumer put. */
const asLine = ({ source, detailType, detail }: BusEntry, at: string): string =>
  JSON.stringify({
    version: '0',
    id: 'b3f1',
    'detail-type': detailType,
    source,
    time: at,
    detail: JSON.parse(detail),
  });

function given(now: string) {
  const objects = new MemoryObjects();
  const standings = memoryStandings();
  const log = new MemoryLog();
  const clock = new MemoryClock(Date.parse(now));
  const work = {
    ...{
      integrations: [],
      graceSeconds: 1_800,
      expected: { stock: [type], crm: ['customers.customer.created.v1'] },
    },
    ports: { objects, standings, log, clock } as Partial<ProofPorts> as ProofPorts,
    invocation: { remainingMilliseconds: () => 900_000 },
  };
  let written = 0;
  const write = (hour: string, lines: readonly string[]) =>
    objects.put('busLog', `events/${hour}/log-1-${++written}.gz`, gzipSync(`${lines.join('\n')}\n`));
  return { objects, standings, log, clock, write, prove: () => proveReceipts(work) };
}

describe('receipts of a consumer', () => {
  it('are held against the bus by id, whatever comes twice, late, replayed, or in another order', async () => {
    const { standings, log, clock, write, prove } = given('2026-11-29T02:00:00Z');
    const at = '2026-11-28T23:59:58Z';
    const replayed = event(2, '2026-11-29T00:40:00Z', { ingestedat: at }).replace(
      '{"spec',
      '{"replay":"p","spec',
    );
    // The receipt is before its event, and both events and receipts come twice.
    write(
      '2026/11/28/23',
      receiptEntries('stock', [id(1)]).map(entry => asLine(entry, at)),
    );
    write('2026/11/28/23', [event(1, at), event(1, at), event(2, at), event(3, at)]);
    write(
      '2026/11/29/00',
      [...receiptEntries('stock', [id(1), id(3)]), ...receiptEntries('stock', [id(3)])].map(e =>
        asLine(e, at),
      ),
    );
    await prove();
    expect(await standings.receipts('erp-stock', '2026-11-28')).toMatchObject({
      onBus: 3,
      consumers: { stock: { expected: 3, received: 2, missing: [id(2)] } },
    });
    expect(log.lines).toMatchObject([
      {
        event: 'a consumer did not report events',
        fields: { consumer: 'stock', expected: 3, received: 2, ids: [id(2)] },
      },
    ]);
    write('2026/11/29/00', [replayed, ...receiptEntries('stock', [id(2)]).map(entry => asLine(entry, at))]);
    await prove();
    expect(await standings.receipts('erp-stock', '2026-11-28')).toMatchObject({
      onBus: 3,
      consumers: { stock: { expected: 3, received: 3, missing: [] } },
    });
    expect(log.lines).toHaveLength(1);
    // Once nothing can come late any more, a day of which nothing is missing is not read again.
    clock.advance(25 * 3_600_000);
    await prove();
    write('2026/11/28/23', [event(4, at)]);
    await prove();
    expect(await standings.receipts('erp-stock', '2026-11-28')).toMatchObject({ onBus: 3 });
  });

  it('are not expected yet for events of the last half hour, and raise no alarm on the same day', async () => {
    const { standings, log, write, prove } = given('2026-11-28T12:00:00Z');
    write('2026/11/28/11', [event(1, '2026-11-28T11:10:00Z'), event(2, '2026-11-28T11:31:00Z')]);
    await prove();
    expect(await standings.receipts('erp-stock', '2026-11-28')).toMatchObject({
      onBus: 1,
      consumers: { stock: { expected: 1, received: 0 } },
    });
    expect(log.lines).toEqual([]);
  });

  it('say nothing that the log does not: damaged ones, strangers’ and ids of no event are left out', async () => {
    const { standings, write, prove } = given('2026-11-29T02:00:00Z');
    const at = '2026-11-28T10:00:00Z';
    const [good] = receiptEntries('stock', [id(1)]);
    if (!good) throw new Error('there is no receipt');
    const damaged = { ...good, detail: good.detail.replace('"count":1', '"count":2') };
    const foreign = receiptEntries('stranger', [id(1)]);
    const unknown = receiptEntries('stock', [id(9)]);
    write('2026/11/28/10', [event(1, at), ...[damaged, ...foreign, ...unknown].map(e => asLine(e, at))]);
    await prove();
    expect(await standings.receipts('erp-stock', '2026-11-28')).toMatchObject({
      onBus: 1,
      consumers: { stock: { expected: 1, received: 0, missing: [id(1)] } },
    });
  });
});

describe('a log with more ids than memory has room for', () => {
  const at = '2026-11-28T10:00:00Z';
  const range = { first: '2026-11-28', last: '2026-11-28', until: at, now: '2026-11-28T12:00:00Z' };
  const count = async (idsMax: number, hasTime = () => true) => {
    const { objects, write } = given('2026-11-28T12:00:00Z');
    const numbers = Array.from({ length: 40 }, (_, n) => n + 1);
    write(
      '2026/11/28/10',
      numbers.map(n => event(n * 0x111111, at)),
    );
    // Ids of no event take room, too.
    const reported = numbers.slice(1).map(n => id(n * 0x111111));
    const strange = numbers.map(n => id(n * 0x333333 + 1));
    write(
      '2026/11/28/10',
      receiptEntries('stock', [...strange, ...reported]).map(entry => asLine(entry, at)),
    );
    let reads = 0;
    const counting = {
      list: objects.list.bind(objects),
      read: async (...asked: Parameters<typeof objects.read>) => {
        reads += 1;
        return objects.read(...asked);
      },
    };
    const groups = await countReceipts(
      counting as typeof objects,
      { expected: { stock: [type] }, range },
      { idsMax, hasTime },
    );
    const sum = (numberOf: (group: ReceiptGroup) => number) =>
      (groups ?? []).reduce((all, g) => all + numberOf(g), 0);
    return {
      reads: reads / 2,
      events: sum(({ events }) => events),
      received: sum(({ consumers }) => consumers[0]?.received ?? 0),
      missing: groups?.flatMap(({ consumers }) => consumers.flatMap(({ missing }) => missing)),
    };
  };

  it('is read once where they fit, and else once for each part, with the same counts', async () => {
    const counts = { events: 40, received: 39, missing: [id(0x111111)] };
    expect(await count(1_000)).toEqual({ reads: 1, ...counts });
    const parted = await count(20);
    expect(parted).toMatchObject(counts);
    expect(parted.reads).toBeGreaterThan(3);
  });

  it('is left to the next run when time is short', async () => {
    expect(await count(1_000, () => false)).toMatchObject({ reads: 0, missing: undefined });
  });
});

describe('a consumer', () => {
  const reporting = () => ({ consumer: 'stock', bus: new MemoryBus(), clock: new MemoryClock() });

  it('reports each event that it has done its work for, and none that failed', async () => {
    const received = new ReceivedEvents();
    const apply = received.noting(async (event: { id: string }) => {
      if (event.id === id(2)) throw new Error('not now');
    });
    await apply({ id: id(1) });
    await expect(apply({ id: id(2) })).rejects.toThrow('not now');
    const to = reporting();
    await received.report(to);
    expect(to.bus.accepted).toMatchObject(receiptEntries('stock', [id(1)]));
    await received.report(to);
    expect(to.bus.accepted).toHaveLength(1);
  });

  it('has its messages come again where the bus does not take its report', async () => {
    const received = new ReceivedEvents();
    await received.noting(async () => {})({ id: id(1) });
    const to = reporting();
    to.bus.answer = () => ({ kind: 'denied', reason: 'AccessDeniedException' });
    await expect(received.report(to)).rejects.toThrow('the bus did not take what stock reports: denied');
  });
});
