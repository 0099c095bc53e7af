import { feedSimulations, type RecordFacts } from '#adapters/cdc-feed/derive/feed-simulation.ts';
import { changeAt } from '#adapters/cdc-feed/derive/simulated-change.ts';
import crm from '#integrations/crm-customers/contract.ts';
import outbox from '#integrations/crm-outbox/contract.ts';
import erp from '#integrations/erp-stock/contract.ts';
import loyalty from '#integrations/loyalty-members/contract.ts';
import { simulationCases } from '#shared/contract/simulation-case.ts';

const published: RecordFacts = { outcome: 'published', isNamed: true };
const samples: RecordFacts[] = [
  { outcome: 'other', isNamed: true },
  { outcome: 'quarantined', code: 'UNKNOWN_ENTITY', isNamed: true },
  { outcome: 'quarantined', code: 'OUT_OF_RANGE', isNamed: true },
  published,
];
const writesOf = (name: string, feed: typeof crm = crm, of = samples) =>
  feedSimulations(feed, of).find(simulation => simulation.name === name)?.writes;
const namesOf = (feed: typeof crm) => feedSimulations(feed, samples).map(({ name }) => name);

describe('the days of a simulated database', () => {
  it('are every case, but for what its log cannot do', () => {
    expect(namesOf(crm)).toEqual([...simulationCases]);
    expect(namesOf(erp)).toEqual(simulationCases.filter(name => name !== 'reordering'));
    expect(namesOf(loyalty)).toEqual(['success', 'rejection', 'unauthorised']);
    expect(feedSimulations(crm, samples.slice(0, 3))).toEqual([]);
  });

  it('end as the contract and the samples say', () => {
    expect(writesOf('success')).toMatchObject([{ records: [{ sample: 3 }], expected: [{ published: 1 }] }]);
    expect(writesOf('rejection')).toMatchObject([
      { records: [{ sample: 2 }], expected: [{ quarantined: 1, code: 'OUT_OF_RANGE' }] },
    ]);
    expect(writesOf('reordering')).toMatchObject([{ records: [{ position: 1 }, { position: 0 }] }]);
    expect(writesOf('timeout')).toMatchObject([{}, { expected: [{ repeated: 1 }] }]);
  });

  it('expect another event where DMS does not name the transaction of a change', () => {
    const unnamed = [{ ...published, isNamed: false }];
    expect(writesOf('timeout', erp, unnamed)).toMatchObject([{}, { expected: [{ published: 1 }] }]);
    expect(writesOf('duplicate', erp, unnamed)).toMatchObject([{ expected: [{ published: 2 }] }]);
  });
});

describe('a simulated change', () => {
  const at = { position: 1_800_000_000_000_000, committedAt: 1_800_000_000_000, token: 'abcdef0123' };

  it('stands in the log of its connector at the place and time that it is given', () => {
    const source = { connector: 'postgresql', table: 'customers', lsn: 24, sequence: '["23","24"]', txId: 7 };
    expect(changeAt(crm, { payload: { op: 'c', after: { id: 1 }, source } }, at)).toEqual({
      payload: {
        ...{ op: 'c', after: { id: 1 } },
        source: {
          ...source,
          ...{ lsn: at.position, txId: at.position % 2 ** 31 },
          sequence: '["1799999999999999","1800000000000000"]',
        },
      },
    });
    const others = { file: 'mysql-bin.000003', pos: 4, gtid: null, commit_lsn: '00000027:00000ac0:0002' };
    expect(changeAt(crm, { source: { ...others, ord: 3, ts_ms: 5 } }, at)).toMatchObject({
      source: {
        ...{ file: 'mysql-bin.900000', pos: at.position, gtid: null },
        ...{ commit_lsn: '00066517:289880' + '00:0001', ts_ms: at.committedAt },
      },
    });
  });

  it('is of another table, another row of an outbox, or another item, where it must be', () => {
    const moved = changeAt(crm, { source: { table: 'customers' } }, { ...at, isOtherTable: true });
    expect(moved).toMatchObject({ source: { table: 'simulated_unknown' } });
    const [row] = ['a', 'b'].map(token =>
      changeAt(outbox, { after: { id: 'x', tenant: 'acme' }, source: {} }, { ...at, token }),
    );
    expect(row).toMatchObject({
      after: { tenant: 'acme', id: expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-8/) },
    });
    const item = { memberId: { S: 'M-1' }, points: { N: '0' } };
    expect(
      changeAt(loyalty, { dynamodb: { Keys: { memberId: { S: 'M-1' } }, NewImage: item } }, at),
    ).toMatchObject({
      dynamodb: {
        Keys: { memberId: { S: 'M-1-abcdef01' } },
        NewImage: { memberId: { S: 'M-1-abcdef01' }, points: { N: '0' } },
      },
    });
  });

  it('is not made of a form that is not played', () => {
    expect(changeAt(crm, { __op: 'c', id: 1 }, at)).toBeUndefined();
    expect(changeAt(erp, 'no JSON', at)).toBeUndefined();
  });
});
