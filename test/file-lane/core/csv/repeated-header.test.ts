import { repeatedHeader } from '#adapters/file-lane/core/csv/repeated-header.ts';
import { text } from '#shared/core/mapping/text.ts';

const columns = { id: text({ max: 9, aliases: ['Key'] }), note: text({ max: 9 }) };
const at = { line: 3, record: 2, byteOffset: 14 };
const found = repeatedHeader(columns, [2, 0]);

test.each([[['note', 'other', 'id']], [['NOTE', 'anything', ' Key ']]])(
  'finds the names of the columns where values belong: %j',
  fields => {
    expect(found(fields, at)).toMatchObject({ code: 'REPEATED_HEADER', at });
  },
);

test.each([[['a note', 'other', 'id']], [['note', 'id', '1']], [[]], [['note']]])(
  'leaves %j alone',
  fields => {
    expect(found(fields, at)).toBeUndefined();
  },
);
