import type { ReprocessAnswer, ReprocessedChange } from '#adapters/cdc-feed/core/feed/reprocess-request.ts';
import { groupsOf } from '#cli/redeliver/quarantined/groups.ts';
import { isReprocessed, reprocessedKey } from '#cli/redeliver/quarantined/quarantine.ts';
import { quarantineNotices } from '#cli/redeliver/quarantined/quarantine-notices.ts';
import {
  codesTable,
  isDone,
  meaningsTable,
  stayLines,
} from '#cli/redeliver/quarantined/quarantined-tables.ts';
import { type Reprocessing, reprocessAll } from '#cli/redeliver/quarantined/reprocess-all.ts';
import { surveyQuarantine } from '#cli/redeliver/quarantined/survey-quarantine.ts';
import { readCall } from '#cli/redeliver/read-call.ts';
import { changesQuarantined } from '#events/edge/changes-quarantined.v1.ts';
import type { MemoryFiles } from '#shared/memory/memory-files.ts';
import { everything, memoryQuarantine } from '../cdc-feed/flow/reprocess.ts';
import {
  contentOf,
  feed,
  holding,
  keyOf,
  numbersLeft,
  type QuarantinedObject,
} from './quarantined-objects.ts';

const reprocessedAt = '2026-01-06T09:30:00.125Z';

/** The numbers of the changes that a call is about. */
const numbersIn = (event: object): string[] =>
  (event as { reprocess: { sequenceNumber: string }[] }).reprocess.map(
    ({ sequenceNumber }) => sequenceNumber,
  );

type Ends = Readonly<Record<string, Omit<ReprocessedChange, 'sequenceNumber'>>>;

/** Calls a function that ends changes as said, by number; all others it publishes. */
async function reprocess(files: MemoryFiles, ends: Ends = {}, more: Partial<Reprocessing> = {}) {
  const calls: string[][] = [];
  const invoke = async (event: object): Promise<ReprocessAnswer> => {
    calls.push(numbersIn(event));
    const endOf = (sequenceNumber: string): ReprocessedChange => ({
      sequenceNumber,
      ...(ends[sequenceNumber] ?? { end: 'published' }),
    });
    return { reprocessed: numbersIn(event).map(endOf) };
  };
  const quarantine = memoryQuarantine(files, feed);
  const { changes } = await surveyQuarantine(quarantine, everything);
  const reprocessing: Reprocessing = {
    quarantine,
    invoke,
    renew: async () => undefined,
    signal: new AbortController().signal,
    now: () => Date.parse(reprocessedAt),
    ...more,
  };
  const ended = await reprocessAll(reprocessing, changes);
  return { calls, ended, ends: ended.map(({ end }) => end) };
}

const surveyOf = (files: MemoryFiles, wanted = {}) =>
  surveyQuarantine(memoryQuarantine(files, feed), { ...everything, ...wanted });

describe('what is asked of quarantined changes', () => {
  it('is all of them, or those of a code, or of a time', () => {
    expect(readCall(['crm-customers', '--quarantined'])).toEqual({
      feed: 'crm-customers',
      go: false,
      quarantined: {},
    });
    const asked = readCall([
      ...['crm-customers', '--quarantined', '--go', '--stage', 'prod', '--code', 'UNKNOWN_CODE'],
      ...['--from', '2026-01-05T09:00+01:00', '--to', '2026-01-06T00:00:00Z'],
    ]);
    expect(asked).toEqual({
      feed: 'crm-customers',
      go: true,
      stage: 'prod',
      quarantined: {
        code: 'UNKNOWN_CODE',
        from: '2026-01-05T08:00:00.000Z',
        to: '2026-01-06T00:00:00.000Z',
      },
    });
  });

  it.each([
    ['a code that is none', ['--quarantined', '--code', 'unknown'], 'unknown is not a fault code'],
    ['a time without its zone', ['--quarantined', '--from', '2026-01-05T09:00'], '--from must be a time'],
    [
      'times the wrong way round',
      ['--quarantined', '--from', '2026-01-06T09:00Z', '--to', '2026-01-05T09:00Z'],
      '--from must be before --to',
    ],
    ['a code without --quarantined', ['--code', 'UNKNOWN_CODE'], 'usage: npm run redeliver'],
  ])('is refused with %s', (_, args, message) => {
    expect(() => readCall(['crm-customers', ...args])).toThrow(message);
  });
});

describe('the quarantined changes of a feed', () => {
  it('are shown in the order of their stream, also where a key went on in another shard', async () => {
    const files = holding(
      { number: 10, shard: 'shard-2' },
      { number: 9 },
      { number: 49_590_338_271_490_256_608_559_692_538_361_571_095n },
      { number: 7, stream: 'crm-orders' },
    );
    const { changes } = await surveyOf(files);
    expect(changes.map(({ stream, sequenceNumber }) => [stream, sequenceNumber])).toEqual([
      ['crm-orders', '7'],
      ['crm-prod', '9'],
      ['crm-prod', '10'],
      ['crm-prod', '49590338271490256608559692538361571095'],
    ]);
  });

  it('are those of the code and the time that were asked for', async () => {
    const files = holding(
      { number: 1, arrivedAt: '2026-01-05T07:59:59.999Z' },
      { number: 2, arrivedAt: '2026-01-05T08:00:00.000Z' },
      { number: 3, arrivedAt: '2026-01-05T08:00:00.000Z', code: 'SCHEMA_DRIFT' },
      { number: 4, arrivedAt: '2026-01-05T09:00:00.000Z' },
    );
    const wanted = {
      code: 'UNKNOWN_CODE',
      from: '2026-01-05T08:00:00.000Z',
      to: '2026-01-05T09:00:00.000Z',
    } as const;
    const { changes } = await surveyOf(files, wanted);
    expect(changes.map(({ sequenceNumber }) => sequenceNumber)).toEqual(['2']);
  });

  it('are none of those that are reprocessed, in whatever stream', async () => {
    expect(reprocessedKey(feed, `${feed}/crm-prod/shard-1/9.json`, reprocessedAt)).toBe(
      'crm-customers/taken/2026-01-06T09.30.00.125Z/crm-prod/shard-1/9.json',
    );
    expect(isReprocessed(feed, reprocessedKey(feed, `${feed}/crm-prod/shard-1/9.json`, reprocessedAt))).toBe(
      true,
    );
    expect(isReprocessed(feed, `${feed}/taken/shardId-000000000000/9.json`)).toBe(false);
    expect(isReprocessed(feed, `${feed}/taken/9.json`)).toBe(false);
  });

  it('are told from what is none, and from what somebody changed', async () => {
    const files = holding({ number: 1 });
    files.put('quarantine', `${feed}/crm-prod/shard-1/note.json`, 'see ticket 7');
    const bent = { ...contentOf({ number: 2 }), rawBase64: 'eyJhIjoxfQ==' };
    files.put('quarantine', keyOf({ number: 2 }), JSON.stringify(bent));
    const found = await surveyOf(files);
    expect(found.changes).toHaveLength(1);
    expect(stayLines([], found)).toEqual([
      `${keyOf({ number: 2 })} is not a quarantined change (its bytes are not those that were quarantined). Check it.`,
      expect.stringMatching(/note\.json is not a quarantined change \(.*JSON.*\)\. Check it\./),
    ]);
  });
});

describe('reprocessing', () => {
  it('only shows a preview without --go, by code', async () => {
    const files = holding(
      { number: 1 },
      { number: 2, arrivedAt: '2026-01-05T10:00:00.000Z' },
      { number: 3, code: 'SCHEMA_DRIFT' },
    );
    const { ended } = await reprocess(files, {}, { invoke: undefined });
    expect(numbersLeft(files)).toEqual(['1', '2', '3']);
    expect(codesTable(ended)).toMatch(/SCHEMA_DRIFT +│ +1 │/);
    expect(codesTable(ended)).toMatch(
      /UNKNOWN_CODE +│ +2 │ 2026-01-05T08:00:00.000Z │ 2026-01-05T10:00:00.000Z │ waiting/,
    );
    expect(meaningsTable(ended)).toMatch(/waiting +│ +3 │ would be reprocessed/);
  });

  it('keeps what ended with when and how, and leaves what is quarantined again, with its new code', async () => {
    const files = holding({ number: 1 }, { number: 2 }, { number: 3 }, { number: 4 });
    const { ended } = await reprocess(files, {
      2: { end: 'skipped', detail: 'nothing canonical changed' },
      3: { end: 'quarantined', code: 'OUT_OF_RANGE', detail: 'more than agreed' },
      4: { end: 'duplicate' },
    });
    expect(numbersLeft(files)).toEqual(['3']);
    const taken = files.keys('quarantine', `${feed}/taken/`);
    expect(taken).toEqual(
      ['1', '2', '4'].map(n => `${feed}/taken/2026-01-06T09.30.00.125Z/crm-prod/shard-1/${n}.json`),
    );
    expect(JSON.parse(files.text('quarantine', taken[1]!))).toEqual({
      ...JSON.parse(JSON.stringify(contentOf({ number: 2 }))),
      taken: { at: reprocessedAt, end: 'skipped', detail: 'nothing canonical changed' },
    });
    expect(codesTable(ended)).toMatch(/UNKNOWN_CODE +│ +1 │.*│ quarantined │ OUT_OF_RANGE/);
    expect(stayLines(ended, { changes: [], unreadable: [] })).toEqual([
      `OUT_OF_RANGE, for example ${keyOf({ number: 3 })}: more than agreed. Correct the value.`,
    ]);
    expect(ended.filter(each => !isDone(each)).map(({ place }) => place.sequenceNumber)).toEqual(['3']);
  });

  it('makes no call behind one in which something stopped, so that nothing overtakes it', async () => {
    const many = Array.from({ length: 250 }, (_, n): QuarantinedObject => ({ number: 1_000 + n }));
    const files = holding(...many);
    const { calls, ended } = await reprocess(files, {
      1003: { end: 'open', code: 'BUS_UNAVAILABLE', detail: 'the bus did not take events' },
    });
    expect(calls.map(({ length }) => length)).toEqual([200]);
    expect(numbersLeft(files)).toHaveLength(51);
    expect(meaningsTable(ended)).toMatch(/open +│ +1 │ not published/);
    expect(meaningsTable(ended)).toMatch(/unreached +│ +50 │ the command stopped before it/);
    expect(stayLines(ended, { changes: [], unreadable: [] })).toEqual([
      `Stopped at ${keyOf({ number: 1003 })}: BUS_UNAVAILABLE, the bus did not take events`,
    ]);
  });

  it('never reprocesses what is truncated, nor what would have the id of another event', async () => {
    const files = holding({ number: 1, code: 'DUPLICATE_CONFLICT' }, { number: 3 });
    const cut = { ...contentOf({ number: 2, code: 'RECORD_TOO_LONG' }), truncated: true, rawBase64: 'e30=' };
    files.put('quarantine', keyOf({ number: 2 }), JSON.stringify(cut));
    const { calls, ends } = await reprocess(files);
    expect(calls).toEqual([['3']]);
    expect(ends).toEqual(['conflict', 'truncated', 'published']);
    expect(numbersLeft(files)).toEqual(['1', '2']);
  });

  it('passes over what somebody moved meanwhile', async () => {
    const files = holding({ number: 1 }, { number: 2 });
    const renew = async () => undefined;
    const { changes } = await surveyOf(files);
    files.delete('quarantine', keyOf({ number: 1 }));
    const quarantine = memoryQuarantine(files, feed);
    const invoke = async (event: object) => ({
      reprocessed: numbersIn(event).map(sequenceNumber => ({ sequenceNumber, end: 'published' })),
    });
    const { signal } = new AbortController();
    const ended = await reprocessAll({ quarantine, invoke, renew, signal, now: Date.now }, changes);
    expect(ended.map(({ place, end }) => [place.sequenceNumber, end])).toEqual([
      ['2', 'published'],
      ['1', 'gone'],
    ]);
  });

  it.each([
    ['nothing', null],
    ['a batch', { batchItemFailures: [] }],
    ['fewer changes than it was given', { reprocessed: [{ sequenceNumber: '1', end: 'published' }] }],
    [
      'other changes',
      {
        reprocessed: [
          { sequenceNumber: '2', end: 'published' },
          { sequenceNumber: '1', end: 'published' },
        ],
      },
    ],
    [
      'more changes',
      { reprocessed: ['1', '2', '3'].map(sequenceNumber => ({ sequenceNumber, end: 'published' })) },
    ],
  ])('does not believe an answer about %s', async (_, answer) => {
    const files = holding({ number: 1 }, { number: 2 });
    const { ends } = await reprocess(files, {}, { invoke: async () => answer });
    expect(ends).toEqual(['open', 'open']);
    expect(numbersLeft(files)).toEqual(['1', '2']);
  });

  it('leaves all of a call that failed, and says why', async () => {
    const files = holding({ number: 1 });
    const invoke = async () => {
      throw new Error('crm-feed failed: out of time');
    };
    const { ended } = await reprocess(files, {}, { invoke });
    expect(stayLines(ended, { changes: [], unreadable: [] })).toEqual([
      `Stopped at ${keyOf({ number: 1 })}: crm-feed failed: out of time`,
    ]);
    expect(numbersLeft(files)).toEqual(['1']);
  });

  it('ends after the call in work when it is interrupted', async () => {
    const files = holding(
      ...Array.from({ length: 201 }, (_, n): QuarantinedObject => ({ number: 1_000 + n })),
    );
    const controller = new AbortController();
    const renew = async () => controller.abort();
    const { ends } = await reprocess(files, {}, { renew, signal: controller.signal });
    expect(ends.filter(end => end === 'published')).toHaveLength(200);
    expect(ends.at(-1)).toBe('unreached');
  });

  it('does nothing more once its lease is lost', async () => {
    const files = holding({ number: 1 });
    const renew = async () => {
      throw new Error('another redelivery began');
    };
    await expect(reprocess(files, {}, { renew })).rejects.toThrow('another redelivery began');
    expect(numbersLeft(files)).toEqual(['1']);
  });

  it('calls with as much as an invocation takes, and no more', async () => {
    const files = holding(
      ...Array.from(
        { length: 9 },
        (_, n): QuarantinedObject => ({ number: n + 1, data: 'x'.repeat(1_048_576) }),
      ),
    );
    const { changes } = await surveyOf(files);
    const groups = groupsOf(changes);
    expect(groups.map(({ length }) => length)).toEqual([4, 4, 1]);
    const stored = groups[0]!.map(({ object }) => JSON.parse(files.text('quarantine', object)));
    const bytes = Buffer.byteLength(JSON.stringify({ reprocess: stored }));
    expect(bytes).toBeLessThan(6 * 1_048_576);
    expect(bytes + changes[4]!.bytes).toBeGreaterThan(6 * 1_048_576);
  });
});

describe('a notice of quarantined changes', () => {
  const objects = [keyOf({ number: 9 }), keyOf({ number: 100 }), keyOf({ number: 50, shard: 'shard-2' })];
  const notices = quarantineNotices(feed, async () => objects);
  const isThere = notices.finder(objects);
  const told = (first: string, last: string, more: object = {}) => ({
    type: changesQuarantined.type,
    data: {
      ...changesQuarantined.example,
      ...{ integration: feed, stream: 'crm-prod', shard: 'shard-1', first, last },
      ...more,
    },
  });

  it.each([
    ['one of its changes is left', told('8', '10'), true],
    ['only its first is left', told('9', '9'), true],
    ['only its last is left', told('10', '100'), true],
    ['what is left has numbers between others', told('10', '99'), false],
    ['what is left lies in another shard', told('40', '60'), false],
    ['its stream names no shard, and nothing of it is left', told('9', '9', { shard: '' }), false],
  ])('stays as long as a change of it does: %s', (_, message, stays) => {
    expect(isThere(notices.read(message)!)).toBe(stays);
  });

  it.each([
    ['of another feed', told('1', '2', { integration: 'erp-stock' })],
    ['of another kind', { ...told('1', '2'), type: 'edge.rows.quarantined.v1' }],
    ['that is none', 'see ticket 7'],
  ])('%s is told apart', (_, message) => {
    expect(notices.read(message)).toBeUndefined();
  });
});
