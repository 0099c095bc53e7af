import { addSighting } from '#operate/core/issues/add-sighting.ts';
import type { Issue, Sighting } from '#operate/core/issues/issue.ts';
import { issueLine } from '#operate/core/issues/issue-line.ts';
import { issueText } from '#operate/core/issues/issue-text.ts';
import { acknowledged, resolved } from '#operate/core/issues/mark-issue.ts';
import { sightingsIn } from '#operate/core/issues/sightings-in.ts';
import { faultKinds } from '#shared/contract/fault.ts';

const at = (minute: number) => `2026-11-20T12:${String(minute).padStart(2, '0')}:00.000Z`;
const by = (minute: number) => ({ by: 'ada', at: at(minute) });

const sighting = (minute: number, given: Partial<Sighting> = {}): Sighting => ({
  key: `at ${minute}`,
  integration: 'acme-orders',
  code: 'NOT_A_DATE',
  at: at(minute),
  count: 1,
  example: { unit: `file ${minute}` },
  ...given,
});

const seen = (...sightings: Sighting[]): Issue =>
  sightings.reduce<Issue | undefined>(addSighting, undefined) as Issue;

describe('an issue', () => {
  it('is opened by the first fault, and counts the others', () => {
    const issue = seen(sighting(1, { count: 3 }), sighting(5, { count: 10 }));
    expect(issue).toMatchObject({ state: 'open', count: 13, firstSeen: at(1), lastSeen: at(5), reopened: 0 });
    expect(issue.example).toEqual({ unit: 'file 5' });
  });

  it('counts a sighting that comes again once, and then stays the same', () => {
    const issue = seen(sighting(1), sighting(2));
    expect(addSighting(issue, sighting(1))).toBe(issue);
  });

  it('says how many occurred in each of the last hours that had some', () => {
    const hour = (n: number) =>
      sighting(1, { key: `${n}`, at: new Date(Date.UTC(2026, 0, 1, n)).toISOString() });
    const { hourly } = issueLine(seen(sighting(1, { count: 3 }), sighting(5), sighting(2)));
    expect(hourly).toEqual([{ at: '2026-11-20T12:00:00.000Z', count: 5 }]);
    const many = issueLine(seen(...Array.from({ length: 60 }, (_, n) => hour(n))));
    expect(many.hourly).toHaveLength(48);
    expect(many.hourly.at(-1)).toEqual({ at: '2026-01-03T11:00:00.000Z', count: 1 });
  });

  it('takes sightings in any order', () => {
    const issue = seen(sighting(5), sighting(1));
    expect(issue).toMatchObject({ count: 2, firstSeen: at(1), lastSeen: at(5), example: { unit: 'file 5' } });
  });

  it('stays acknowledged when the fault goes on', () => {
    const issue = acknowledged(seen(sighting(1)), by(2));
    expect(addSighting(issue, sighting(3))).toMatchObject({ state: 'acknowledged', count: 2 });
    expect(acknowledged(issue, by(4))).toBe(issue);
  });

  it('is opened again by the next fault after it was resolved, and counts from there', () => {
    const done = resolved(acknowledged(seen(sighting(1), sighting(2)), by(3)), by(10));
    const issue = addSighting(done, sighting(11, { count: 4 }));
    expect(issue).toMatchObject({ state: 'open', count: 4, reopened: 1, openedAt: at(11), firstSeen: at(1) });
    expect(issue).not.toHaveProperty('resolved');
    expect(issue).not.toHaveProperty('acknowledged');
  });

  it('stays resolved when an earlier fault is seen late', () => {
    const done = resolved(seen(sighting(1)), by(10));
    expect(addSighting(done, sighting(9))).toMatchObject({
      state: 'resolved',
      count: 2,
      lastSeen: at(9),
    });
  });

  it('cannot be acknowledged when it is resolved', () => {
    const done = resolved(seen(sighting(1)), by(10));
    expect(() => acknowledged(done, by(11))).toThrow(/resolved since 2026-11-20T12:10/);
    expect(resolved(done, by(12))).toBe(done);
  });

  it('has words for every fault, and for a code of another release', () => {
    expect(issueText('NOT_A_DATE')).toEqual({
      meaning: faultKinds.NOT_A_DATE.meaning,
      remedy: faultKinds.NOT_A_DATE.remedy,
    });
    expect(issueText('SIGNATURE_MISMATCH').meaning).toContain('a wrong secret');
    expect(issueText('toString').meaning).toBe('this release knows no fault of this code');
  });
});

describe('a delivery of log lines', () => {
  const delivery = (...lines: unknown[]) => ({
    logGroup: 'group',
    logStream: 'stream',
    logEvents: lines.map((line, n) => ({
      id: `3854${n}`,
      timestamp: Date.parse(at(n)),
      message: typeof line === 'string' ? line : JSON.stringify(line),
    })),
  });
  const rejected = (unit: string) => ({
    integration: 'stripe-payments',
    issues: [{ code: 'SIGNATURE_MISMATCH', count: 1, unit }],
  });

  it('makes one sighting of a thousand requests that met one fault', () => {
    const given = delivery(
      ...Array.from({ length: 1000 }, (_, n) => rejected(`request ${n % 50}`)).slice(0, 50),
    );
    const { sightings, unread } = sightingsIn(given);
    expect({ sightings: sightings.length, count: sightings[0]!.count, unread }).toEqual({
      sightings: 1,
      count: 50,
      unread: 0,
    });
    expect(sightings[0]).toMatchObject({ at: at(49), example: { unit: 'request 49' } });
  });

  it('has the same keys when it comes again, and others when it is another', () => {
    const keys = (...lines: unknown[]) => sightingsIn(delivery(...lines)).sightings.map(({ key }) => key);
    expect(keys(rejected('a'))).toEqual(keys(rejected('a')));
    expect(keys(rejected('a'))).not.toEqual(keys(rejected('a'), rejected('b')));
  });

  it('counts what comes twice under one name once', () => {
    const file = {
      code: 'NOT_A_DATE',
      count: 10,
      unit: 'acme-orders.1',
      place: 'line 3',
      once: 'acme-orders.1',
    };
    const line = { integration: 'acme-orders', issues: [file] };
    const { sightings } = sightingsIn(delivery(line, line));
    expect(sightings).toMatchObject([{ count: 10, example: { unit: 'acme-orders.1', place: 'line 3' } }]);
  });

  it('reports lines that are none of ours', () => {
    expect(sightingsIn(delivery('{"issues":', { issues: [{ code: 'A' }] }, 'START'))).toMatchObject({
      sightings: [],
      unread: 3,
    });
  });
});
