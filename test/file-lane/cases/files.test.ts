import iconv from 'iconv-lite';
import { integer } from '#shared/core/mapping/integer.ts';
import { text } from '#shared/core/mapping/text.ts';
import { LaneSimulator } from '../flow/simulator.ts';
import { caseFile, dropped, labLane } from './lab.ts';

test.each([
  ['gzip (D14a)', caseFile('D14a.csv'), 'the file is a gzip file; agreed is CSV text'],
  ['JSON', '[{"a":1}]\n', 'the file is a JSON document; agreed is CSV text'],
  ['XML', '<?xml version="1.0"?>\n<rows/>\n', 'the file is an XML document; agreed is CSV text'],
])('a file of %s is told by name', async (_, content, detail) => {
  const { answer } = await dropped(labLane(), content);
  expect(answer).toMatchObject({ state: 'rejected', fault: { code: 'WRONG_FILE_TYPE', detail } });
});

test('a wrong delimiter is recognised with quoted fields too (D15a)', async () => {
  const { answer } = await dropped(labLane(), caseFile('D15a.csv'));
  expect(answer.fault).toMatchObject({
    code: 'WRONG_DELIMITER',
    detail: 'the header is separated by ";"; agreed is ","',
  });
});

test('an upload under way is left alone (D16a)', async () => {
  const simulator = new LaneSimulator(labLane());
  const content = caseFile('D16a.csv.filepart');
  for (const name of ['f103.csv.filepart', 'f103.csv.PART', '.f103.csv', '.DS_Store', '~$f103.csv'])
    simulator.drop(name, content);
  await simulator.run();
  expect(simulator.handoffs()).toEqual([]);
  simulator.drop('f103.csv', content);
  await simulator.run();
  expect(simulator.handoffs()).toHaveLength(1);
  expect(simulator.ack('f103.csv')).toMatchObject({ state: 'complete' });
});

test('a header with an invisible character is shown as it came (D19)', async () => {
  const lane = labLane({}, { a: text({ max: 9 }), 'unit price': integer() });
  const { answer } = await dropped(lane, caseFile('D19.csv'));
  expect(answer.fault).toMatchObject({
    code: 'MISSING_COLUMN',
    detail:
      'the header lacks "unit price" (it has "unit<U+00A0>price": another spelling?); it is "a", "b", "unit<U+00A0>price"',
  });
});

test('rejected.csv is in the partner’s dialect and encoding, and comes back corrected', async () => {
  const lane = labLane(
    { format: { delimiter: ';', encoding: 'windows-1252' } },
    { a: text({ max: 9 }), n: integer() },
  );
  const { simulator } = await dropped(lane, iconv.encode('x;n;a\n"ö;ä";zehn;1\né;10;2\n', 'windows-1252'));
  const bytes = simulator.ports.files.bytes('inbound', 'lab/ack/f1.csv.rejected.csv');
  const csv = iconv.decode(Buffer.from(bytes), 'windows-1252');
  expect(csv.split('\r\n').slice(0, 2)).toEqual([
    'x;n;a;fault_line;fault_column;fault_code;fault_problem;fault_remedy;fault_row;fault_id',
    expect.stringMatching(/^"ö;ä";zehn;1;2;n;NOT_A_NUMBER;/),
  ]);
  simulator.drop('f1.csv.rejected.csv', iconv.encode(csv.replace('zehn', '10'), 'windows-1252'), {
    folder: 'fixed',
  });
  await simulator.run();
  expect(simulator.events().map(({ data }) => data)).toEqual([
    { id: '2', values: ['2', 10] },
    { id: '1', values: ['1', 10] },
  ]);
});
