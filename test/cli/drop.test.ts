import { type Dropped, outcomeLines } from '#cli/drop/outcome-lines.ts';
import { readCall } from '#cli/drop/read-call.ts';

const fault = (line: number) => ({
  ...{ line, column: 'status', code: 'UNKNOWN_CODE' },
  ...{ detail: 'the value is not one of NEW, PAID', remedy: 'Use an agreed code.' },
});
const event = (id: string) => ({ 'detail-type': 'a.b.created.v1', source: 'a', detail: { id } });

const dropped = (rows: number): Dropped => ({
  name: 'a.csv',
  handoff: {
    ...{ id: '1', integration: 'a', key: 'a/in/a.csv', state: 'partial', fault: null },
    tally: { received: rows + 5, published: 5, duplicate: 0, quarantined: rows, rejected: 0, skipped: 0 },
  },
  ack: {
    repeatedKeys: null,
    correctedBefore: null,
    fault: { code: 'TOO_MANY', detail: 'too many', remedy: 'Send fewer.' },
    rejectedRows: {
      ...{ key: 'a/ack/a.csv.rejected.csv', rows },
      first: Array.from({ length: Math.min(rows, 10) }, (_, n) => fault(n + 2)),
    },
  },
  events: ['e1', 'e2', 'e3', 'e4', 'e5'].map(event),
  ...{ bucket: 'inbound', ackKey: 'a/ack/a.csv.ack.json' },
});

describe('what drop prints', () => {
  it('is outcome, counts, each fault with its place and remedy, events and the answer', () => {
    expect(outcomeLines(dropped(1))).toEqual([
      'a.csv: partial',
      '6 received: 5 published, 1 quarantined',
      'TOO_MANY: too many. Send fewer.',
      'line 2, column status: UNKNOWN_CODE: the value is not one of NEW, PAID. Use an agreed code.',
      'event e1',
      'event e2',
      'and 3 more events',
      'answer: s3://inbound/a/ack/a.csv.ack.json (with --json this command prints it)',
    ]);
  });

  it('is at most ten lines, however many rows are at fault', () => {
    const lines = outcomeLines(dropped(900));
    expect(lines).toHaveLength(10);
    expect(lines[6]).toBe('897 more rows in s3://inbound/a/ack/a.csv.rejected.csv');
  });

  it('tells repeated keys with their lines', () => {
    const { ack, ...more } = dropped(1);
    const repeated = { ...more, ack: { ...ack, repeatedKeys: { rows: 12, lines: [3, 5, 7, 9] } } };
    expect(outcomeLines(repeated)[3]).toBe('repeated keys: 12, in lines 3, 5, 7');
  });

  it('says UNBALANCED when the books do not balance', () => {
    const { handoff, ...more } = dropped(1);
    const unbalanced = { ...more, handoff: { ...handoff, tally: { ...handoff.tally!, received: 9 } } };
    expect(outcomeLines(unbalanced)[1]).toContain('(UNBALANCED)');
  });
});

describe('the call of drop', () => {
  it('takes the name of the file, or another', () => {
    const file = 'docs/guides/my-orders.csv';
    expect(readCall(['acme-orders', file]).name).toBe('my-orders.csv');
    expect(readCall(['acme-orders', file, 'b.csv', '--json'])).toMatchObject({ name: 'b.csv', json: true });
  });

  it('says that there is no such file, or how to call it', () => {
    expect(() => readCall(['acme-orders', 'none.csv'])).toThrow('There is no file none.csv.');
    expect(() => readCall(['acme-orders', 'docs'])).toThrow('docs is not a file.');
    expect(() => readCall([])).toThrow('usage: npm run drop');
  });
});
