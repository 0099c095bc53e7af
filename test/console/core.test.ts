import type { SheetInfo } from '#cli/console/sheet-info.ts';
import { bookDays } from '#console/core/book-days.ts';
import { commandFor, optionsOf } from '#console/core/command.ts';
import { readable } from '#console/core/content.ts';
import { asSample, asTypeScript } from '#console/core/event-copies.ts';
import { eventRates } from '#console/core/event-rates.ts';
import { lastHours } from '#console/core/hours.ts';
import { hrefOf, placeOf } from '#console/core/route.ts';
import {
  changed,
  checkedAgain,
  faultsOf,
  fixedInWords,
  rowState,
  withChecks,
  withFixed,
  withProblem,
} from '#console/core/sheet.ts';
import { standingOf } from '#console/core/standing.ts';
import { ago, duration, fieldTime, isoTime, utcTime } from '#console/core/time.ts';
import { cut, visible } from '#console/core/words.ts';
import type { IntegrationState } from '#operate/core/shapes/integrations.ts';

describe('a command', () => {
  it('is quoted as a shell takes it, and names the stage', () => {
    const words = ['events', ...optionsOf({ subject: "O'Brien; rm -rf /", type: '', id: undefined })];
    expect(commandFor('prod', words)).toBe(
      `npm run edge -- events --subject 'O'\\''Brien; rm -rf /' --stage prod`,
    );
    expect(commandFor(undefined, ['dlq', 'acme-orders', undefined])).toBe('npm run edge -- dlq acme-orders');
  });
});

describe('an address', () => {
  it('is read as it was made, whatever its parts hold', () => {
    const href = hrefOf(['events', 'a/b %?#'], { subject: 'x&y=z', empty: '' });
    const { pathname, search } = new URL(href, 'http://127.0.0.1');
    expect(placeOf({ pathname, search })).toEqual({
      parts: ['events', 'a/b %?#'],
      query: { subject: 'x&y=z' },
    });
    expect(placeOf({ pathname: '/a%', search: '' }).parts).toEqual(['a%']);
  });
});

describe('a time', () => {
  it('is shown as how long ago, and in UTC', () => {
    const at = '2026-11-28T20:00:00.000Z';
    expect(ago(at, Date.parse(at) + 7_800_000)).toBe('2 h 10 min ago');
    expect(ago(at, Date.parse(at) - 5_000)).toBe('in 5 s');
    expect(duration(250)).toBe('250 ms');
    expect(utcTime(at)).toBe('2026-11-28 20:00:00 UTC');
    expect(utcTime('never')).toBe('never');
    expect(isoTime(fieldTime(at))).toBe(at);
  });
});

describe('hostile text', () => {
  it('shows what it holds, and is cut', () => {
    expect(visible('a\u0000b\u202ec\u007f\u0085')).toBe('a␀b⟨U+202E⟩c␡⟨U+0085⟩');
    expect(visible('Zoë מזל 日本')).toBe('Zoë מזל 日本');
    expect(cut('x'.repeat(1_000_000), 3)).toBe('xxx… (1,000,000 characters)');
  });
});

describe('content', () => {
  it('is shown in lines, and of a request its body after the rest', () => {
    const request = (body: object) => readable(JSON.stringify({ headers: { a: 'b' }, ...body }));
    const shown = '{\n  "headers": {\n    "a": "b"\n  }\n}\n\n{\n  "n": 1\n}';
    expect(request({ body: '{"n":1}' })).toBe(shown);
    expect(request({ bodyBase64: btoa('{"n":1}') })).toBe(shown);
    expect(request({ bodyBase64: '%' })).toContain('"bodyBase64": "%"');
    expect(readable('{"body":"{}"}')).toBe('{\n  "body": "{}"\n}');
    expect([readable('a;b'), readable('[1]'), readable('null')]).toEqual(['a;b', '[\n  1\n]', 'null']);
  });
});

describe('a sheet', () => {
  const row = {
    id: 'h#1',
    line: '2',
    raw: '',
    column: 'b',
    code: 'NOT_A_DATE',
    problem: 'no date',
    remedy: 'fix',
  };
  const sheet: SheetInfo = {
    file: 'f',
    columns: ['a', 'b'],
    rows: [
      { ...row, cells: ['1', 'x'] },
      { ...row, cells: [] },
    ],
  };

  it('keeps a change, and forgets what was said of the row before', () => {
    const once = changed(sheet, new Map(), { row: 0, column: 1, text: 'y' });
    expect(once.get(0)?.cells).toEqual(['1', 'y']);
    const good = withChecks(once, once, [{ id: 'h#1', events: 1, faults: [] }]);
    expect([rowState(undefined), rowState(once.get(0)), rowState(good.get(0))]).toEqual([
      'faulty',
      'checking',
      'good',
    ]);
    const twice = changed(sheet, good, { row: 0, column: 0, text: '2' });
    expect(rowState(twice.get(0))).toBe('checking');
    expect(withChecks(twice, once, [{ id: 'h#1', events: 1, faults: [] }]).get(0)).toBe(twice.get(0));
  });

  it('says of a row that it could not be checked, until it is changed or checked again', () => {
    const once = changed(sheet, new Map(), { row: 0, column: 1, text: 'y' });
    const failed = withProblem(once, once, 'no answer');
    expect(rowState(failed.get(0))).toBe('unchecked');
    expect(rowState(checkedAgain(failed).get(0))).toBe('checking');
    const twice = changed(sheet, failed, { row: 0, column: 0, text: '2' });
    expect(rowState(twice.get(0))).toBe('checking');
    expect(withProblem(twice, once, 'no answer').get(0)).toBe(twice.get(0));
  });

  it('gives a row that could not be split its columns, empty', () => {
    expect(changed(sheet, new Map(), { row: 1, column: 1, text: 'y' }).get(1)?.cells).toEqual(['', 'y']);
  });

  it('takes rows of a file that was corrected elsewhere, by their ids', () => {
    const sheetOfTwo = { ...sheet, rows: sheet.rows.map((one, n) => ({ ...one, id: `h#${n}` })) };
    const rows = [
      { id: 'h#0', cells: [null, 'y'] },
      { id: 'h#1', cells: ['', ''] },
      { id: 'other#1', cells: ['1', '2'] },
    ];
    const edits = withFixed(sheetOfTwo, new Map(), { rows, unread: [] });
    expect([...edits]).toEqual([[0, { cells: ['1', 'y'] }]]);
  });

  it('says what became of each row of such a file', () => {
    const rows = [
      { id: 'h#1', cells: [] },
      { id: 'other#1', cells: [] },
    ];
    expect(fixedInWords(sheet, { rows, unread: [] })).toBe(
      '1 row of the file found in this sheet. 1 row is not of this sheet: look at fault_id.',
    );
    const unread = Array.from({ length: 12 }, (_, n) => n + 2);
    expect(fixedInWords(sheet, { rows: [], unread })).toBe(
      '0 rows of the file found in this sheet. 12 lines could not be split into columns: 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, ….',
    );
  });

  it('says what is wrong with a row: at first what the file had', () => {
    const [first] = sheet.rows;
    expect(faultsOf(first!, undefined)).toEqual([
      { column: 'b', code: 'NOT_A_DATE', detail: 'no date', remedy: 'fix' },
    ]);
  });
});

describe('the books of days', () => {
  it('leave out files that are in work, and tell when they differ', () => {
    const tally = { published: 2, duplicate: 0, quarantined: 1, rejected: 0, skipped: 0 };
    const file = {
      receivedAt: '2026-11-28T23:59:59.000Z',
      settledAt: '2026-11-29T00:00:01.000Z',
      received: 3,
      tally,
    };
    const files = [
      file,
      { ...file, settledAt: null },
      { ...file, receivedAt: '2026-11-29T01:00:00.000Z', received: 4 },
    ];
    expect(bookDays(files as unknown as Parameters<typeof bookDays>[0])).toMatchObject([
      { day: '2026-11-29', files: 1, received: 4, balances: false },
      { day: '2026-11-28', files: 2, open: 1, received: 3, balances: true },
    ]);
  });
});

describe('rates', () => {
  it('have a number for every span, and leave out what is beyond', () => {
    const span = { from: 900_000, to: 3_600_000, spanSeconds: 900 };
    const at = (seconds: number) => new Date(seconds * 1_000).toISOString();
    const counts = [
      { integration: 'a', at: at(900), events: 2 },
      { integration: 'b', at: at(2_700), events: 1 },
      { integration: 'a', at: at(2_700), events: 4 },
      { integration: 'a', at: at(3_600), events: 9 },
    ];
    const { starts, total, byIntegration } = eventRates(counts, span);
    expect({ starts, total }).toEqual({ starts: [900, 1_800, 2_700], total: [2, 0, 5] });
    expect(byIntegration.get('a')).toEqual([2, 0, 4]);
  });
});

describe('faults by the hour', () => {
  it('have a number for each of the last hours, the running one last', () => {
    const counts = [
      { at: '2026-11-29T03:00:00.000Z', count: 4 },
      { at: '2026-11-29T01:00:00.000Z', count: 2 },
      { at: '2026-11-27T01:00:00.000Z', count: 9 },
    ];
    expect(lastHours(counts, Date.parse('2026-11-29T03:59:59Z'), 4)).toEqual([0, 2, 0, 4]);
  });
});

describe('how an integration stands', () => {
  const calm = {
    ...{ id: 'a', kind: 'file-lane', owner: 'o', partner: 'p', state: 'ok', attention: [], openIssues: 0 },
    ...{ unsettled: null, books: null, schedule: null, deadLetters: 0, undelivered: null },
  } as const;
  const now = Date.parse('2026-11-28T12:00:00Z');

  it.each([
    ['healthy', {}],
    ['has issues', { state: 'attention', openIssues: 1 }],
    ['behind', { unsettled: { count: 1, more: false, oldestAt: '2026-11-28T11:40:00Z' } }],
    ['healthy', { unsettled: { count: 1, more: false, oldestAt: '2026-11-28T11:50:00Z' } }],
    ['silent', { state: 'attention', schedule: { nextDue: null, overdue: ['2026-11-28T06:00:00Z'] } }],
    ['failing', { state: 'attention', deadLetters: 2, openIssues: 1 }],
    ['failing', { state: 'disabled', deadLetters: 2 }],
    [
      'disabled',
      { state: 'disabled', unsettled: { count: 1, more: false, oldestAt: '2026-11-28T11:40:00Z' } },
    ],
    ['not deployed', { state: 'not-deployed', deadLetters: null }],
  ] as const)('is %s', (standing, more) => {
    expect(standingOf({ ...calm, ...more } as unknown as IntegrationState, now)).toBe(standing);
  });
});

describe('an event that is copied', () => {
  const event = {
    ...{ id: 'i', type: 'orders.order.created.v1', source: 'orders', integration: 'acme', subject: "O'B\\n" },
    ...{
      tenantid: 't',
      publishedAt: '2026-11-28T12:00:00Z',
      time: 'x',
      correlationid: 'c',
      causationid: 'c',
    },
    ...{ traceparent: 'p', sequence: '1', idempotencykey: 'k', externalref: '', rawref: 'r', rawhash: 'h' },
    ...{ dataschema: 'd', object: 'events/1' },
  };

  it('is TypeScript whose texts end where they should, and a sample', () => {
    const text = asTypeScript(event, { a: 1 });
    const made: unknown = new Function(
      `${text.replace('const event =', 'return').replace(' as const', '')}`,
    )();
    expect(made).toMatchObject({ id: 'i', subject: event.subject, data: { a: 1 } });
    expect(made).not.toHaveProperty('object');
    expect(JSON.parse(asSample(event, { a: 1 }))).toEqual({
      type: event.type,
      subject: event.subject,
      data: { a: 1 },
    });
  });
});
