import crmCustomers from '#integrations/crm-customers/contract.ts';
import { addSighting } from '#operate/core/issues/add-sighting.ts';
import type { Issue } from '#operate/core/issues/issue.ts';
import { sightingsIn } from '#operate/core/issues/sightings-in.ts';
import { limits } from '#shared/contract/limits.ts';
import type { CrashPlan } from '#shared/memory/faulty.ts';
import type { MemoryLog } from '#shared/memory/memory-log.ts';
import { change, lena } from '../../cdc-feed/flow/debezium.ts';
import { FeedSimulator } from '../../cdc-feed/flow/simulator.ts';
import { header, laneWith, rows } from '../../file-lane/flow/lanes.ts';
import { LaneSimulator } from '../../file-lane/flow/simulator.ts';
import { fenceWith } from '../../webhook-fence/flow/fences.ts';
import { FenceSimulator } from '../../webhook-fence/flow/simulator.ts';

/** The issues that a log makes, each line delivered on its own. */
function issuesIn(log: MemoryLog): readonly Issue[] {
  const issues = new Map<string, Issue>();
  for (const [n, { event, fields }] of log.lines.entries()) {
    if (!('issues' in fields)) continue;
    const message = JSON.stringify({ message: event, ...fields });
    const logEvents = [{ id: String(n), timestamp: n, message }];
    const { sightings, unread } = sightingsIn({ logGroup: 'g', logStream: 's', logEvents });
    expect(unread).toBe(0);
    for (const sighting of sightings)
      issues.set(sighting.code, addSighting(issues.get(sighting.code), sighting));
  }
  return [...issues.values()];
}

const counts = (log: MemoryLog) => Object.fromEntries(issuesIn(log).map(({ code, count }) => [code, count]));

describe('a lane', () => {
  const faulty = `${header}${rows(2)}bad,x,row,1\nshort,1\n${rows(1, 9)}worse,x,row,1\n`;

  async function run(crash?: CrashPlan): Promise<LaneSimulator> {
    const lane = new LaneSimulator(laneWith(), crash && { crash });
    lane.drop('items_1.csv', faulty);
    await lane.run();
    return lane;
  }

  it('makes issues of the rows of a file, by code, with the first place of each', async () => {
    const lane = await run();
    const [handoff] = lane.handoffs();
    expect(issuesIn(lane.ports.log)).toMatchObject([
      { code: 'NOT_A_NUMBER', count: 2, example: { unit: handoff!.id, place: 'line 4, version' } },
      { code: 'RAGGED_ROW', count: 1, example: { unit: handoff!.id, place: 'line 5' } },
    ]);
  });

  it('counts them once, wherever an invocation dies', async () => {
    const { calls } = await run();
    for (let at = 1; at <= calls; at++)
      for (const when of ['before', 'after'] as const) {
        const { NOT_A_NUMBER, RAGGED_ROW } = counts((await run({ at, when })).ports.log);
        expect({ at, when, NOT_A_NUMBER, RAGGED_ROW }).toEqual({ at, when, NOT_A_NUMBER: 2, RAGGED_ROW: 1 });
      }
  });

  it('makes issues of a file that is refused, of a bus that is denied, and of dead letters', async () => {
    const refused = new LaneSimulator(laneWith());
    refused.drop('items_1.csv', '');
    await refused.run();
    expect(counts(refused.ports.log)).toEqual({ EMPTY_FILE: 1 });

    const denied = new LaneSimulator(laneWith());
    denied.ports.bus.answer = () => ({ kind: 'denied', reason: 'AccessDenied' });
    denied.drop('items_1.csv', header + rows(1));
    await denied.run();
    expect(counts(denied.ports.log)).toEqual({ ACCESS_DENIED: limits.receivesMax, DEAD_LETTER: 1 });
    const letter = issuesIn(denied.ports.log).find(({ code }) => code === 'DEAD_LETTER');
    expect(letter!.example).toEqual({ unit: denied.handoffs()[0]!.id, place: 'ACCESS_DENIED' });
  });

  it('makes none of a good file', async () => {
    const lane = new LaneSimulator(laneWith());
    lane.drop('items_1.csv', header + rows(2));
    await lane.run();
    expect(issuesIn(lane.ports.log)).toEqual([]);
  });
});

describe('a fence', () => {
  it('counts every refused request, also those that are over the limit of the hour', async () => {
    const fence = new FenceSimulator(fenceWith({ rejects: { anHour: 2 } }));
    for (let n = 0; n < 5; n++) await fence.send({ id: `m-${n}`, secret: 'whsec_d3Jvbmc=' });
    await fence.send({ body: 'x'.repeat(2 ** 21) });
    expect(counts(fence.ports.log)).toEqual({ SIGNATURE_MISMATCH: 5, BODY_TOO_LARGE: 1 });
  });

  it('counts a quarantined delivery once, however often it comes', async () => {
    const fence = new FenceSimulator(fenceWith());
    for (const _ of ['once', 'again']) await fence.send({ id: 'm-1', body: '{"type":"paid","data":{}}' });
    const [issue] = issuesIn(fence.ports.log);
    expect(issue).toMatchObject({ code: 'INVALID_PAYLOAD', count: 1 });
    expect(issue!.example.unit).toMatch(/^pay-hooks\./);
  });

  it('makes none of a good delivery, nor of its repeat', async () => {
    const fence = new FenceSimulator(fenceWith());
    for (const _ of ['once', 'again']) await fence.send({ id: 'm-1' });
    expect(issuesIn(fence.ports.log)).toEqual([]);
  });
});

describe('a feed', () => {
  const records = [change({ op: 'c', after: { ...lena, id: 1 }, lsn: 1 }), { data: 'faulty' }];

  it('counts quarantined changes once, though the batch comes again', async () => {
    const feed = new FeedSimulator(crmCustomers).put(...records);
    await feed.run();
    await feed.rewind().run();
    expect(issuesIn(feed.ports.log)).toMatchObject([
      { code: 'UNDECODABLE_CHANGE', count: 1, example: { unit: feed.sequenceNumbers[1] } },
    ]);
  });

  it('counts each attempt that a denied bus stops', async () => {
    const feed = new FeedSimulator(crmCustomers, { failuresMax: 2 }).put(records[0]!);
    feed.ports.bus.answer = () => ({ kind: 'denied', reason: 'AccessDenied' });
    await feed.run();
    expect(counts(feed.ports.log)).toEqual({ ACCESS_DENIED: 3 });
  });
});
