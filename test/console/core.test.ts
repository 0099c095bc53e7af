import type { SheetInfo } from '#cli/console/sheet-info.ts';
import { bookDays } from '#console/core/book-days.ts';
import { commandFor, optionsOf } from '#console/core/command.ts';
import { hrefOf, placeOf } from '#console/core/route.ts';
import { changed, faultsOf, rowState, withChecks, withFixed } from '#console/core/sheet.ts';
import { ago, duration, fieldTime, isoTime, utcTime } from '#console/core/time.ts';
import { cut, visible } from '#console/core/words.ts';

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
  it('is told as how long ago, and in UTC', () => {
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
