import type { Issue } from '#operate/core/issues/issue.ts';
import { recordIssues } from '#operate/flow/record-issues.ts';
import { MemoryIssues } from '#operate/memory/memory-issues.ts';
import type { StoredIssue } from '#operate/ports.ts';
import { caller, Given } from './given.ts';

const line = (code: string, n: number, integration = 'stripe-payments') => ({
  id: String(n),
  timestamp: Date.parse('2026-11-20T11:00:00Z') + n * 60_000,
  message: JSON.stringify({ integration, issues: [{ code, count: 1, unit: `request ${n}` }] }),
});

const delivery = (...logEvents: ReturnType<typeof line>[]) => ({
  logGroup: 'g',
  logStream: 's',
  logEvents,
});

describe('issues', () => {
  it('are recorded from logs and listed with what to do, the newest fault first', async () => {
    const given = new Given();
    await recordIssues(given.ports, delivery(line('SIGNATURE_MISMATCH', 1), line('SIGNATURE_MISMATCH', 2)));
    await recordIssues(given.ports, delivery(line('NOT_A_DATE', 9, 'acme-orders')));
    const { issues, more } = await given.answer('listIssues');
    expect(issues.map(({ integration, code, count }) => [integration, code, count])).toEqual([
      ['acme-orders', 'NOT_A_DATE', 1],
      ['stripe-payments', 'SIGNATURE_MISMATCH', 2],
    ]);
    expect(more).toBe(false);
    const only = await given.answer('listIssues', { integration: 'acme-orders' });
    expect(only.issues).toHaveLength(1);
    const key = { integration: 'stripe-payments', code: 'SIGNATURE_MISMATCH' };
    expect(await given.answer('readIssue', key)).toMatchObject({
      state: 'open',
      example: { unit: 'request 2', place: null },
      remedy: expect.stringContaining('release the rejects'),
    });
  });

  it('are listed by state; resolved ones only when asked for', async () => {
    const given = new Given();
    await recordIssues(given.ports, delivery(line('NO_SIGNATURE', 1)));
    const stored = await given.ports.issues.read({ integration: 'stripe-payments', code: 'NO_SIGNATURE' });
    await given.ports.issues.store({ ...stored!.issue, state: 'resolved' }, stored);
    expect((await given.answer('listIssues')).issues).toEqual([]);
    expect((await given.answer('listIssues', { state: 'resolved' })).issues).toHaveLength(1);
  });

  it('are acknowledged and resolved by whoever signed the request, and open again with the next fault', async () => {
    const given = new Given();
    const key = { integration: 'stripe-payments', code: 'NO_SIGNATURE' };
    await recordIssues(given.ports, delivery(line('NO_SIGNATURE', 1)));
    expect(await given.answer('acknowledgeIssue', key)).toMatchObject({
      state: 'acknowledged',
      acknowledged: { by: caller.arn, at: '2026-11-20T12:00:00.000Z' },
    });
    expect(await given.answer('resolveIssue', key)).toMatchObject({
      state: 'resolved',
      resolved: { by: caller.arn },
    });
    expect(await given.ask('acknowledgeIssue', key)).toMatchObject({ status: 409 });
    await recordIssues(given.ports, delivery(line('NO_SIGNATURE', 61)));
    expect(await given.answer('readIssue', key)).toMatchObject({ state: 'open', count: 1, reopened: 1 });
    expect(await given.ask('resolveIssue', { ...key, code: 'NOBODY' })).toMatchObject({ status: 404 });
  });

  it('that are not there, and integrations that are not there, are answered so', async () => {
    const given = new Given();
    expect(await given.ask('readIssue', { integration: 'acme-orders', code: 'NOT_A_DATE' })).toMatchObject({
      status: 404,
    });
    expect(await given.ask('listIssues', { integration: 'nobody' })).toMatchObject({ status: 404 });
  });

  it('count a delivery once, though its answer was lost and another wrote meanwhile', async () => {
    const given = new Given();
    const issues = new ContendedIssues();
    const ports = { ...given.ports, issues };
    await recordIssues(ports, delivery(line('NO_SIGNATURE', 1)));
    await recordIssues(ports, delivery(line('NO_SIGNATURE', 1)));
    await recordIssues(ports, delivery(line('NO_SIGNATURE', 2), line('NO_SIGNATURE', 3)));
    expect((await issues.list('stripe-payments')).map(({ count }) => count)).toEqual([3]);
  });

  it('count a delivery once that has more named sightings than are remembered', async () => {
    const given = new Given();
    const named = Array.from({ length: 300 }, (_, n) => {
      const note = { code: 'INVALID_PAYLOAD', count: 1, unit: `delivery ${n}`, once: `delivery ${n}` };
      return { ...line('', n), message: JSON.stringify({ integration: 'stripe-payments', issues: [note] }) };
    });
    for (const _ of ['once', 'again']) await recordIssues(given.ports, delivery(...named));
    await recordIssues(given.ports, delivery(named[299]!));
    expect((await given.answer('listIssues')).issues).toMatchObject([{ count: 300 }]);
  });

  it('are counted in one write for each code, however many lines there are', async () => {
    const given = new Given();
    const issues = new CountedIssues();
    const lines = Array.from({ length: 500 }, (_, n) => line(n % 2 ? 'NO_SIGNATURE' : 'NO_TIMESTAMP', n));
    await recordIssues({ ...given.ports, issues }, delivery(...lines));
    expect(issues.writes).toBe(2);
    expect((await issues.list('stripe-payments')).map(({ count }) => count)).toEqual([250, 250]);
  });
});

/** Stores, and says that somebody else did. */
class ContendedIssues extends MemoryIssues {
  #calls = 0;

  override async store(issue: Issue, over: StoredIssue | undefined): Promise<boolean> {
    const stored = await super.store(issue, over);
    this.#calls += 1;
    return this.#calls % 2 === 1 ? false : stored;
  }
}

class CountedIssues extends MemoryIssues {
  writes = 0;

  override store(issue: Issue, over: StoredIssue | undefined): Promise<boolean> {
    this.writes += 1;
    return super.store(issue, over);
  }
}
