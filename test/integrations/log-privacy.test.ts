import { readFileSync } from 'node:fs';
import orders from '#integrations/acme-orders/contract.ts';
import customers from '#integrations/crm-customers/contract.ts';
import type { LogLine } from '#shared/memory/memory-log.ts';
import { FeedSimulator } from '../cdc-feed/flow/simulator.ts';
import type { PutRecord } from '../cdc-feed/flow/stream-events.ts';
import { LaneSimulator } from '../file-lane/flow/simulator.ts';
import { fenceWith } from '../webhook-fence/flow/fences.ts';
import { FenceSimulator, otherSecret, payment, secret, statusKey } from '../webhook-fence/flow/simulator.ts';

/** Stands in every value that is personal or secret, in any letters. */
const mark = /canary7/i;

const spoken = (lines: readonly LogLine[]): readonly string[] => lines.map(line => JSON.stringify(line));

/** What fails says all that it was given, as a careless library does. */
function fail(port: object, method: string): void {
  const careless = (...given: readonly unknown[]) => {
    throw new TypeError(`cannot ${method} ${JSON.stringify(given)}`, { cause: new Error(String(given[0])) });
  };
  Object.defineProperty(port, method, { value: async (...given: readonly unknown[]) => careless(...given) });
}

const header =
  'order_no,placed_at,customer_email,customer_phone,sku,quantity,unit_price,currency,ship_country,status';
const file = [
  header,
  'o-1,2026-11-04T08:00:00Z,lena.canary7@example.com,+49301234567,s-1,1,1.50,EUR,DE,NEW',
  'o-2,2026-11-04T08:00:00Z,not an address canary7,canary7,s-1,1,1.50,EUR,DE,NEW',
  'o-3,2026-11-04T08:00:00Z,"canary7',
  'canary7,canary7,canary7',
].join('\n');

const order = (method?: readonly [port: 'bus' | 'files' | 'ledger', method: string]) => {
  const lane = new LaneSimulator(orders);
  if (method) fail(lane.ports[method[0]], method[1]);
  lane.drop('orders_20261104.csv', file);
  return lane;
};

describe('no log line holds a personal or secret value', () => {
  it.each([
    ['all goes well', undefined],
    ['the bus fails', ['bus', 'put']],
    ['nothing can be written', ['files', 'write']],
    ['the ledger fails', ['ledger', 'checkpoint']],
    ['the ledger cannot be opened', ['ledger', 'open']],
  ] as const)('of a lane, when %s', async (_, method) => {
    const lane = order(method);
    await lane.run();
    expect(lane.ports.log.lines.length).toBeGreaterThan(0);
    expect(spoken(lane.ports.log.lines).filter(line => mark.test(line))).toEqual([]);
  });

  it.each([
    ['all goes well', undefined],
    ['the bus fails', ['bus', 'put']],
    ['nothing can be archived', ['files', 'write']],
    ['nothing is remembered', ['once', 'run']],
    ['the queue fails too', ['spillQueue', 'send']],
  ] as const)('of a fence, when %s', async (_, method) => {
    const fence = new FenceSimulator(fenceWith(), { secret: { current: secret, statusKey } });
    if (method) fail(fence.ports[method[0]], method[1]);
    const id = 'canary7';
    await fence.send({ body: payment().replace('}}', '},"name":"canary7"}') });
    await fence.send({ id, body: '{"type":"paid","data":{"id":"canary7","cents":"canary7"}}' });
    await fence.send({ body: '{"type": canary7' });
    await fence.send({ body: '{"type":"canary7"}', secret: otherSecret });
    await fence.status('canary7', 'canary7');
    await fence.drain();
    const said = spoken(fence.ports.log.lines);
    expect(said.length).toBeGreaterThan(3);
    expect(said.filter(line => mark.test(line))).toEqual([]);
    for (const hidden of [secret, otherSecret, statusKey, id])
      expect(said.filter(line => line.includes(hidden))).toEqual([]);
  });

  it.each([
    ['all goes well', undefined],
    ['the bus fails', ['bus', 'put']],
    ['nothing can be written', ['files', 'write']],
    ['what was announced is not known', ['reportedDrifts', 'has']],
  ] as const)('of a feed, when %s', async (_, method) => {
    const [sample = ''] = readFileSync(
      'integrations/crm-customers/samples/dirty/records.jsonl',
      'utf8',
    ).split('\n');
    const marked = sample.replaceAll('customer1100@', 'lena.canary7@').replaceAll('Customer 1100', 'Canary7');
    const record = JSON.parse(marked) as PutRecord;
    const wrong = JSON.parse(marked.replace('lena.canary7@example.com', 'canary7')) as PutRecord;
    const broken = { ...record, data: '{"after": canary7' } as unknown as PutRecord;
    const feed = new FeedSimulator(customers);
    if (method) fail(feed.ports[method[0]], method[1]);
    await feed.put(record, wrong, broken).run();
    expect(feed.ports.log.lines.length).toBeGreaterThan(0);
    expect(spoken(feed.ports.log.lines).filter(line => mark.test(line))).toEqual([]);
  });
});
