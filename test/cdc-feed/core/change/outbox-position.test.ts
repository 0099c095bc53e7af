import * as is from '#adapters/cdc-feed/contract/cdc-source.ts';
import { changeIn, decodeJson } from './support.ts';

const row = { id: 'r1', aggregatetype: 'Order', aggregateid: '1', type: 'Placed', payload: null };
const entity = { key: ['id'], columns: {}, outbox: is.outboxColumns };

const sourceOf = (connector: is.Connector, more: Partial<is.DebeziumSource> = {}): is.DebeziumSource => ({
  kind: 'debezium',
  connector,
  entities: { 'app.outbox': entity },
  ...more,
});

const record = (block: object, op = 'c') => ({
  ...{ before: null, after: row, op, ts_ms: 1 },
  source: { ts_ms: 1529507597000, snapshot: false, schema: 'app', db: 'app', table: 'outbox', ...block },
});

/** Each transaction of the pair wrote before the other, and committed after it. */
const pairs: readonly [is.Connector, object, object][] = [
  ['postgresql', { lsn: 200, sequence: '["90","200"]' }, { lsn: 100, sequence: '["250","100"]' }],
  ['postgresql', { lsn: 200, sequence: '[null,"200"]' }, { lsn: 100, sequence: '["250","100"]' }],
  [
    'sqlserver',
    { commit_lsn: '00000027:00000ac0:0002', change_lsn: '00000027:00000ab0:0003' },
    { commit_lsn: '00000027:00000ad0:0001', change_lsn: '00000027:00000aa0:0002' },
  ],
  ['oracle', { commit_scn: '300', scn: '200' }, { commit_scn: '400', scn: '100' }],
  ['mysql', { file: 'mysql-bin.000003', pos: 484 }, { file: 'mysql-bin.000003', pos: 900 }],
];

describe('a row of an outbox', () => {
  test.each(pairs)('of %s stands behind all that was committed before it', (connector, first, second) => {
    const positionOf = (block: object) => changeIn(sourceOf(connector), record(block)).position;
    expect(positionOf(first) < positionOf(second)).toBe(true);
  });

  test('is placed by the last commit before it and its own place in the log', () => {
    const block = { lsn: 24023128, sequence: '["24023119","24023128"]' };
    expect(changeIn(sourceOf('postgresql', { epoch: 2 }), record(block)).position).toBe(
      '0002.1.00000000000024023119.00000000000024023128',
    );
  });

  test('that a snapshot reads stands before all live ones, and needs no commit', () => {
    const read = { lsn: 900, snapshot: 'incremental', sequence: '["800","900"]' };
    for (const block of [read, { ...read, sequence: undefined }])
      expect(changeIn(sourceOf('postgresql'), record(block, 'r')).position).toBe(
        '0000.0.00000000000000000000.00000000000000000900',
      );
    const scn = { scn: '900', snapshot: 'true' };
    expect(changeIn(sourceOf('oracle'), record(scn, 'r')).position).toMatch(/^0000\.0\.0{17}900\./);
  });

  test.each<[string, is.Connector, object]>([
    ['no sequence', 'postgresql', { lsn: 5 }],
    ['a sequence that is none', 'postgresql', { lsn: 5, sequence: '4,5' }],
    ['a sequence without its end', 'postgresql', { lsn: 5, sequence: '["44' }],
    ['a sequence of no numbers', 'postgresql', { lsn: 5, sequence: '["0/4","0/5"]' }],
    ['no commit', 'oracle', { scn: '100' }],
  ])('with %s is a fault, for its order would be a guess', (_what, connector, block) => {
    expect(decodeJson(sourceOf(connector), record(block))).toMatchObject({
      code: 'UNDECODABLE_CHANGE',
      detail: `no ${connector} position with its commit, or not one`,
    });
  });

  test('is ordered by commits in flattened records and CloudEvents too', () => {
    const position = '0000.1.00000000000000000004.00000000000000000005';
    const flat = {
      ...row,
      ...{ __op: 'c', __table: 'outbox', __schema: 'app', __lsn: 5, __sequence: '["4","5"]' },
      __source_ts_ms: 1529507597000,
    };
    expect(changeIn(sourceOf('postgresql', { form: 'flattened' }), flat).position).toBe(position);
    const cloudEvent = {
      ...{ id: 'a', specversion: '1.0', iodebeziumop: 'c', iodebeziumtable: 'outbox' },
      ...{ iodebeziumschema: 'app', iodebeziumlsn: '5', iodebeziumsequence: '["4","5"]' },
      ...{ iodebeziumtsms: '1529507597000', data: { before: null, after: row } },
    };
    expect(changeIn(sourceOf('postgresql', { form: 'cloudevents' }), cloudEvent).position).toBe(position);
  });

  test('is ordered by its stream where the contract says so', () => {
    const byStream = sourceOf('postgresql', { orderedBy: 'stream' });
    const change = changeIn(byStream, record({ lsn: 5 }), { streamSequence: '42' });
    expect(change.position).toMatch(/^0000\.1\.0{54}42$/);
  });
});
