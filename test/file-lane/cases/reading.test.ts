import nordwind from '#integrations/nordwind-inventory/contract.ts';
import { defineField } from '#shared/core/mapping/define-field.ts';
import { text } from '#shared/core/mapping/text.ts';
import { LaneSimulator, sha256 } from '../flow/simulator.ts';
import { caseFile, dropped, labLane } from './lab.ts';

const own = (read: (raw: string) => unknown) =>
  labLane(
    { format: { delimiter: '|' } },
    { id: text({ max: 9 }), v: defineField({ form: 'a fraction', read }) },
  );

test('a reader that throws is the fault of its row (D3a)', async () => {
  const lane = own(raw => /^(\d+)\/(\d+)$/.exec(raw)![1]);
  const { answer, values } = await dropped(lane, caseFile('D3a.csv'));
  expect(values).toEqual([
    ['1', '1'],
    ['3', '5'],
  ]);
  expect(answer).toMatchObject({
    state: 'partial',
    rejectedRows: { first: [{ line: 3, column: 'v', code: 'MAPPING_FAILED' }] },
  });
});

test.each([
  ['undefined', () => undefined, 'the mapping gave undefined'],
  ['null', () => null, 'the mapping gave null'],
  ['a promise', async () => [], 'the mapping gave a promise; a mapping may not wait for anything'],
  ['a promise that fails', async () => Promise.reject(new Error('oops')), 'the mapping gave a promise'],
  ['a text', () => 'oops', 'the mapping gave nothing that emit() made'],
  ['a list with a hole', () => [undefined], 'item 1 of what the mapping gave is undefined'],
  ['an event without data', () => ({ event: null, data: 1 }), 'no event can be made of the row’s values'],
])('a mapping that gives %s for a row quarantines the row', async (_, given, detail) => {
  const good = labLane();
  const map = (row: { a: string }) => (row.a === '2' ? given() : good.map(row));
  const { answer, values, simulator } = await dropped(labLane({ map }), 'a,b,c\n1,x,y\n2,x,y\n3,x,y\n');
  expect(values).toEqual([
    ['1', 'x', 'y'],
    ['3', 'x', 'y'],
  ]);
  expect(answer.rejectedRows?.first).toMatchObject([
    { line: 3, code: 'MAPPING_FAILED', detail: expect.stringContaining(detail) },
  ]);
  expect(JSON.stringify([answer, simulator.ports.log.lines])).not.toContain('oops');
});

test('a skip rule that gives a promise skips nothing', async () => {
  const lane = labLane({ skip: [{ reason: 'no reason', when: async () => false }] });
  expect((await dropped(lane, 'a,b,c\n1,x,y\n')).answer.rejectedRows?.first).toMatchObject([
    { code: 'MAPPING_FAILED', detail: 'the mapping threw TypeError' },
  ]);
});

test('values that cannot be written quarantine their row, where rows are compared', async () => {
  const lane = labLane(
    { duplicates: 'row', writeOnce: { reason: 'a test' } },
    { id: text({ max: 9 }), v: defineField({ form: 'a number', read: BigInt }) },
  );
  expect((await dropped(lane, 'id,v\n1,5\n')).answer.rejectedRows?.first).toMatchObject([
    { line: 2, code: 'MAPPING_FAILED' },
  ]);
});

test('a key of invisible characters alone is missing, an optional text of them null (D7a)', async () => {
  const missing = { line: 2, column: 'a', code: 'MISSING_VALUE' };
  const { answer } = await dropped(labLane(), caseFile('D7a.csv'));
  expect(answer.rejectedRows?.first).toMatchObject([missing]);
  const { values } = await dropped(labLane(), 'a,b,c\n1,\u3000,\u00a0\n');
  expect(values).toEqual([['1', null, null]]);
});

test('a backslash that escapes nothing is kept (D8a)', async () => {
  const { values } = await dropped(labLane({ format: { escape: '\\' } }), caseFile('D8a.csv'));
  expect(values).toEqual([['1', 'C:\\temp\\new.txt', 'y']]);
});

test('a declared null marker is empty', async () => {
  const lane = labLane({ format: { escape: '\\', nullMarker: '\\N' } });
  expect((await dropped(lane, 'a,b,c\n1,\\N,"\\N"\n')).values).toEqual([['1', null, null]]);
});

test('a header repeated within the file is a fault of its own (D9a)', async () => {
  const { answer, values } = await dropped(labLane(), caseFile('D9a.csv'));
  expect(values.map(([a]) => a)).toEqual(['1', '2']);
  expect(answer.rejectedRows?.first).toMatchObject([{ line: 3, code: 'REPEATED_HEADER' }]);
});

test('blank rows do not reject a strict file (D10a)', async () => {
  const simulator = new LaneSimulator(nordwind);
  const content = caseFile('D10a-bestand_20270202.csv');
  simulator.drop('bestand_20270202.csv', content);
  simulator.drop('bestand_20270202.csv.sha256', sha256(content));
  await simulator.run();
  expect(simulator.ack('bestand_20270202.csv')).toMatchObject({
    state: 'complete',
    counts: { received: 1, published: 1 },
  });
});

test('latin1 is read as windows-1252 (D20)', async () => {
  const { values } = await dropped(labLane({ format: { encoding: 'latin1' } }), caseFile('D20.csv'));
  expect(values).toEqual([['1', '€ 5', '“q”']]);
});

test('one row in another encoding is the fault of that row', async () => {
  const latin1 = Buffer.concat([
    Buffer.from('a,b,c\n1,', 'latin1'),
    Buffer.from('Größe,y\n', 'latin1'),
    Buffer.from('2,Größe,y\n'),
  ]);
  const single = await dropped(labLane({ format: { encoding: 'windows-1252' } }), latin1);
  expect(single.values).toEqual([['1', 'Größe', 'y']]);
  expect(single.answer.rejectedRows?.first).toMatchObject([{ line: 3, code: 'INVALID_ENCODING' }]);
  const utf8 = await dropped(labLane(), latin1);
  expect(utf8.values).toEqual([['2', 'Größe', 'y']]);
  expect(utf8.answer.rejectedRows?.first).toMatchObject([{ line: 2, code: 'INVALID_ENCODING' }]);
});
