import type * as is from '#adapters/cdc-feed/contract/cdc-source.ts';
import { changeIn, decodeJson } from './support.ts';

const source: is.DebeziumSource = {
  kind: 'debezium',
  connector: 'postgresql',
  entities: { 'public.t': { key: ['id'], columns: {} } },
};

const schemaOf = (name: string) => ({
  type: 'struct',
  fields: [
    {
      type: 'struct',
      field: 'after',
      fields: [
        { field: 'id', type: 'int32' },
        { field: 'v', type: 'int64', name },
      ],
    },
  ],
});
const record = (schema: object, v: number, more = '') =>
  `{"schema":${JSON.stringify(schema)},"payload":{"after":{"id":1,"v":${v}},"op":"c","source":{"ts_ms":1,"schema":"public","table":"t","lsn":1}}${more}}`;

describe('a schema seen before', () => {
  const millis = schemaOf('io.debezium.time.Timestamp');
  const micros = schemaOf('io.debezium.time.MicroTimestamp');
  const read = (schema: object, v: number) => changeIn(source, record(schema, v)).after?.v;

  test('reads every record like the first, and one of another shape by its own', () => {
    for (let round = 0; round < 3; round++) {
      expect(read(millis, 1_000)).toBe('1970-01-01T00:00:01.000Z');
      expect(read(micros, 1_000)).toBe('1970-01-01T00:00:00.001Z');
    }
  });

  test('does not make a record good that is not', () => {
    const good = record(millis, 1);
    changeIn(source, good);
    for (const bad of [
      good.slice(0, -1),
      `${good}}`,
      record(millis, 1, ',"more":1'),
      good.replace('"op":"c"', '"op":'),
    ])
      expect(decodeJson(source, bad)).toMatchObject({ code: 'UNDECODABLE_CHANGE' });
  });

  test('is still known after more shapes than are remembered', () => {
    for (let shape = 0; shape < 100; shape++) {
      const schema = { ...millis, version: shape };
      expect(read(schema, 1_000)).toBe('1970-01-01T00:00:01.000Z');
    }
    expect(read(millis, 2_000)).toBe('1970-01-01T00:00:02.000Z');
  });

  test('is known in a record that is not written compactly, too', () => {
    const spaced = JSON.stringify(JSON.parse(record(micros, 5_000)), null, 2);
    expect(changeIn(source, spaced).after?.v).toBe('1970-01-01T00:00:00.005Z');
  });
});
