import { readFileSync } from 'node:fs';
import crmCustomers from '#integrations/crm-customers/contract.ts';
import type { MemoryLog } from '#shared/memory/memory-log.ts';
import { change, lena } from '../cdc-feed/flow/debezium.ts';
import { FeedSimulator } from '../cdc-feed/flow/simulator.ts';
import { header, laneWith, rows } from '../file-lane/flow/lanes.ts';
import { LaneSimulator } from '../file-lane/flow/simulator.ts';
import { fenceWith } from '../webhook-fence/flow/fences.ts';
import { FenceSimulator } from '../webhook-fence/flow/simulator.ts';

const guide = readFileSync('docs/guides/operate.md', 'utf8');
const [, section = ''] = guide.split('## Fields of log lines');
const [table = ''] = section.split('\n## ');
const documented = [...table.matchAll(/^\| (`[^|]*) \|/gm)].flatMap(([, cell = '']) =>
  [...cell.matchAll(/`(\w+)`/g)].map(([, name = '']) => name),
);

const fieldsOf = (log: MemoryLog) =>
  log.lines
    .filter(({ event }) => !event.startsWith('secret'))
    .map(({ event, fields }) => ({ event, fields }));

/** Lines of each kind, of work that goes well, of work that is refused and of work that fails. */
async function linesOfAll() {
  const denied = () => ({ kind: 'denied', reason: 'AccessDenied' }) as const;
  const lane = new LaneSimulator(laneWith());
  lane.drop('items_1.csv', `${header}${rows(2)}bad,x,row,1\n`);
  await lane.run();
  lane.ports.bus.answer = denied;
  lane.drop('items_2.csv', header + rows(1, 9));
  await lane.run();
  lane.ports.ledger.begin = () => Promise.reject(new TypeError('a bug'));
  lane.drop('items_3.csv', header + rows(1, 10));
  await lane.run();
  const fence = new FenceSimulator(fenceWith());
  await fence.send({ id: 'm-1' });
  await fence.send({ id: 'm-2', secret: 'whsec_d3Jvbmc=' });
  fence.ports.bus.answer = denied;
  await fence.send({ id: 'm-3' });
  await fence.drain();
  const feed = new FeedSimulator(crmCustomers, { failuresMax: 1 });
  await feed.put(change({ op: 'c', after: { ...lena, id: 1 }, lsn: 1 }), { data: 'faulty' }).run();
  return {
    lane: fieldsOf(lane.ports.log),
    fence: fieldsOf(fence.ports.log),
    feed: fieldsOf(feed.ports.log),
  };
}

const lines = await linesOfAll();

it('the guide’s fields are those that lines have', () => {
  const found = new Set(Object.values(lines).flatMap(of => of.flatMap(({ fields }) => Object.keys(fields))));
  // Written by the logger.
  found.add('service');
  expect(documented.length).toBeGreaterThan(15);
  expect(documented.filter(name => !found.has(name))).toEqual([]);
});

it.each(Object.entries(lines))(
  'every line of a %s says whose it is, and of which unit and trace',
  (_, of) => {
    expect(of.length).toBeGreaterThan(1);
    for (const { event, fields } of of) {
      const { integration, correlationId, handoffId, requestId, traceId, traceparent } = fields;
      expect({
        event,
        integration,
        unit: correlationId ?? handoffId ?? requestId,
        trace: traceId ?? traceparent,
      }).toEqual({
        event,
        integration: expect.any(String),
        unit: expect.any(String),
        trace: expect.any(String),
      });
    }
  },
);
