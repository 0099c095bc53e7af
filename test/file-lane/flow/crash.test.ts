import { gzipSync } from 'node:zlib';
import type { FileLane } from '#adapters/file-lane/contract/file-lane.ts';
import { decryptAndVerifyPgp } from '#adapters/file-lane/flow/decrypt-and-verify-pgp.ts';
import { MemorySecrets } from '#shared/memory/memory-secrets.ts';
import { fromGnupg, secretText } from '../core/pgp/keys.ts';
import { header, laneWith, rows } from './lanes.ts';
import { LaneSimulator, type SimulatorOptions, sha256 } from './simulator.ts';

const small = { chunkBytesMax: 300, checkpointRecordsMax: 4, checkpointBytesMax: 10_000 };

interface Scenario {
  readonly name: string;
  readonly lane: FileLane;
  readonly options?: SimulatorOptions;
  readonly drop: (lane: LaneSimulator) => void;
  readonly files: readonly string[];
}

const dirty = `${header}${rows(9)}bad,x,row,1\n${rows(9, 20, i => `"two\nlines ${i}"`)}`;

const dirtyThroughout =
  header + [0, 1, 2].map(n => `${rows(3, 10 * n)}bad-${n},x,row,1\nworse-${n},x,row,1\n`).join('');

const scenarios: readonly Scenario[] = [
  {
    name: 'one chunk with bad rows',
    lane: laneWith(),
    drop: lane => lane.drop('items_1.csv', dirty),
    files: ['items_1.csv'],
  },
  {
    name: 'many chunks, notified twice',
    lane: laneWith(),
    options: { bounds: small, pieceBytes: 61 },
    drop: lane => lane.drop('items_1.csv', dirty, { times: 2 }),
    files: ['items_1.csv'],
  },
  {
    name: 'a report in many sections',
    lane: laneWith(),
    options: { bounds: { ...small, sectionBytesMin: 200 }, pieceBytes: 61 },
    drop: lane => lane.drop('items_1.csv', dirtyThroughout),
    files: ['items_1.csv'],
  },
  {
    name: 'a report that is handed on after each section',
    lane: laneWith(),
    options: { bounds: { ...small, sectionBytesMin: 200 }, pieceBytes: 61, invocationMilliseconds: 200_000 },
    drop: lane => lane.drop('items_1.csv', dirtyThroughout),
    files: ['items_1.csv'],
  },
  {
    name: 'checked, then published',
    lane: laneWith({ maxInvalidShare: 0.5, controlTotals: ['amount'] }),
    options: { bounds: small },
    drop: lane => lane.drop('items_1.csv', dirty),
    files: ['items_1.csv'],
  },
  {
    name: 'rejected whole, then dropped again corrected',
    lane: laneWith({ maxInvalidShare: 0 }),
    options: { bounds: small },
    drop: lane => {
      lane.drop('items_1.csv', dirty);
      lane.drop('items_2.csv', header + rows(9));
    },
    files: ['items_1.csv', 'items_2.csv'],
  },
  {
    name: 'rows compared across compressed and plain files',
    lane: laneWith({ duplicates: 'row', version: 'version' }),
    options: { bounds: small },
    drop: lane => {
      lane.drop('items_1.csv', `${header}${rows(6)}i-1,1,note 1,1.50\ni-2,1,another,2.50\n`);
      lane.drop('items_2.csv.gz', gzipSync(`${header}${rows(8)}`), { afterSeconds: 7_200 });
    },
    files: ['items_1.csv', 'items_2.csv.gz'],
  },
  {
    name: 'rows compared with the last one of their key',
    lane: laneWith({ duplicates: 'row' }),
    options: { bounds: small },
    drop: lane => {
      lane.drop('items_1.csv', dirty);
      lane.drop('items_2.csv', `${dirty.replace('\n', '\r\n')}i-1,1,another,1.50\n`, { afterSeconds: 7_200 });
    },
    files: ['items_1.csv', 'items_2.csv'],
  },
  {
    name: 'a sidecar that arrives before its data',
    lane: laneWith({ delivery: { folder: 'shop', name: 'items_{digits}.csv', startsOn: 'sidecar' } }),
    drop: lane => {
      lane.drop('items_1.csv.sha256', sha256(header + rows(5)));
      lane.drop('items_1.csv', header + rows(5));
    },
    files: ['items_1.csv'],
  },
  {
    name: 'an encrypted file that arrives before its signature',
    lane: laneWith({
      delivery: {
        folder: 'shop',
        name: 'items_{digits}.csv',
        security: { encryption: 'pgp', signing: { detached: true } },
      },
    }),
    options: {
      now: Date.parse('2026-11-20'),
      decryptAndVerify: decryptAndVerifyPgp(new MemorySecrets(secretText)),
    },
    drop: lane => {
      lane.drop('items_1.csv.pgp', fromGnupg('encrypted.pgp'));
      lane.drop('items_1.csv.pgp.sig', fromGnupg('encrypted.pgp.sig'), { afterSeconds: 60 });
    },
    files: ['items_1.csv.pgp'],
  },
];

const run = async (
  { lane, options, drop }: Scenario,
  more: SimulatorOptions = {},
): Promise<LaneSimulator> => {
  const simulator = new LaneSimulator(lane, { ...options, ...more });
  drop(simulator);
  await simulator.run();
  return simulator;
};

/** What must be the same however often the process died. */
const outcome = (lane: LaneSimulator, { files }: Scenario) => ({
  events: lane.eventIds(),
  answers: files.map(file => {
    const { state, counts, balanced, rejectedRows, controlTotals } = lane.ack(file);
    return { state, counts, balanced, rejectedRows, controlTotals };
  }),
  reports: lane.ports.files
    .keys('quarantine')
    .filter(key => /\/rows\.\w+$/.test(key))
    .map(key => lane.ports.files.text('quarantine', key)),
  rejected: lane.ports.files
    .keys('inbound')
    .filter(key => key.endsWith('.rejected.csv'))
    .map(key => lane.ports.files.text('inbound', key)),
  settled: [
    ...new Set(
      lane.ports.bus
        .details()
        .filter(event => event.source === 'edge')
        .map(event => event.id),
    ),
  ].sort(),
  deadLetters: lane.deadLetters,
});

describe.each(scenarios)('a process that dies while working on $name', scenario => {
  it('at any call, before one and after the next, changes neither events nor books', async () => {
    const undisturbed = await run(scenario);
    const expected = outcome(undisturbed, scenario);
    expect(expected.answers.every(answer => answer.balanced)).toBe(true);
    for (let at = 1; at <= undisturbed.calls; at++) {
      // Before one call, after the next: the simulation (test/simulation) kills at any call, both ways.
      const when = at % 2 ? 'before' : 'after';
      const disturbed = await run(scenario, { crash: { at, when } });
      expect({ at, when, ...outcome(disturbed, scenario) }).toEqual({ at, when, ...expected });
    }
  });
});
