import type { CdcSource } from '#adapters/cdc-feed/contract/cdc-source.ts';
import { Skipped } from '#adapters/cdc-feed/core/change/change.ts';
import { decodeJson } from './support.ts';

const tables = (...names: readonly string[]) =>
  Object.fromEntries(names.map(name => [name, { key: ['id'], columns: {} }]));

const debezium = (names: readonly string[], skipTables: readonly string[] = []): CdcSource => ({
  ...{ kind: 'debezium', connector: 'postgresql' },
  ...{ entities: tables(...names), skipTables },
});

const block = { connector: 'postgresql', name: 'crm', ts_ms: 1_767_225_600_000, snapshot: 'false', lsn: 100 };
const ofTable = (table: string, schema = 'public') => ({
  ...{ before: null, after: { id: 1 }, op: 'c', ts_ms: 1 },
  source: { ...block, schema, table },
});
const flattened = (table: string) => ({ id: 1, __op: 'c', __table: table, __lsn: 100, __source_ts_ms: 1 });
const dms = (table: string) => ({
  data: { id: 1 },
  metadata: {
    ...{ timestamp: '2026-11-02T08:00:05.000000Z', 'record-type': 'data', operation: 'insert' },
    ...{ 'schema-name': 'public', 'table-name': table },
  },
});

/** The name of the entity that the change is of, `skipped`, or the fault's code. */
function found(source: CdcSource, record: object): string {
  const decoded = decodeJson(source, record);
  if (decoded instanceof Skipped) return decoded.reason === 'skipped-table' ? 'skipped' : decoded.reason;
  return 'entity' in decoded ? decoded.entity : decoded.code;
}

describe('a pattern', () => {
  const source = debezium(['public.t_*']);

  it.each([
    ['public', 't_2026_01', 'public.t_*'],
    ['public', 't_', 'public.t_*'],
    ['public', 't', 'UNKNOWN_ENTITY'],
    ['other', 't_2026_01', 'UNKNOWN_ENTITY'],
    ['public', 'not_t_2026', 'UNKNOWN_ENTITY'],
  ])('finds the partitions of a table: %s.%s', (schema, table, entity) => {
    expect(found(source, ofTable(table, schema))).toBe(entity);
  });

  it('finds them in flattened records that name no schema, and in records of DMS', () => {
    expect(found({ ...source, form: 'flattened' } as CdcSource, flattened('t_2026_01'))).toBe('public.t_*');
    expect(found({ kind: 'dms', entities: tables('public.t_*') }, dms('t_2026_01'))).toBe('public.t_*');
  });

  it('does not match a name in which its parts overlap', () => {
    expect(found(debezium(['public.aba*ba']), ofTable('aba'))).toBe('UNKNOWN_ENTITY');
    expect(found(debezium(['public.aba*ba']), ofTable('ababa'))).toBe('public.aba*ba');
  });
});

describe('a table', () => {
  const source = debezium(
    ['public.t_*', 'public.t_own'],
    ['public.t_default', 'public.audit_*', 'public.t_o*'],
  );

  it.each([
    ['captured by its name before all', 't_own', 'public.t_own'],
    ['skipped by its name before a pattern', 't_default', 'skipped'],
    ['captured by a pattern before it is skipped by one', 't_other', 'public.t_*'],
    ['skipped by a pattern', 'audit_2026', 'skipped'],
    ['of neither', 'orders', 'UNKNOWN_ENTITY'],
  ])('is %s', (_, table, entity) => {
    expect(found(source, ofTable(table))).toBe(entity);
  });

  it('is skipped in every source', () => {
    const flat = { ...debezium(['public.t'], ['public.audit']), form: 'flattened' } as CdcSource;
    expect(found(flat, flattened('audit'))).toBe('skipped');
    expect(
      found({ kind: 'dms', entities: tables('public.t'), skipTables: ['public.audit'] }, dms('audit')),
    ).toBe('skipped');
    const item = { eventName: 'INSERT', tableName: 'audit', dynamodb: { Keys: { id: { N: '1' } } } };
    expect(
      found({ kind: 'dynamodb', form: 'kinesis', entities: tables('t'), skipTables: ['audit'] }, item),
    ).toBe('skipped');
  });

  it('is not taken for the only captured one because another is skipped', () => {
    const { __table: _, ...unnamed } = flattened('t');
    const flat = { ...debezium(['public.t'], ['public.audit']), form: 'flattened' } as CdcSource;
    expect(found(flat, unnamed)).toBe('public.t');
  });
});
