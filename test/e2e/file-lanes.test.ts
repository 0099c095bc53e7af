import { readFile } from 'node:fs/promises';
import { gzipSync } from 'node:zlib';
import { jest } from '@jest/globals';
import { checkConsumer } from '#cli/demo/check-consumer.ts';
import { Cloud } from '#cli/demo/cloud.ts';
import { books } from '#cli/edge/books.ts';
import { localApi } from '#cli/edge/find-api.ts';
import { OperatorApi } from '#cli/edge/operator-api.ts';
import { Chaos } from '#local/chaos/chaos.ts';
import type { Numbers } from '#operate/core/shapes/numbers.ts';
import { limits } from '#shared/contract/limits.ts';
import { prove } from './bus-log.ts';
import { LocalApp, until } from './local-app.ts';

const unsettled = ['received', 'processing', 'settling'];

const header =
  'order_no,placed_at,customer_email,customer_phone,sku,quantity,unit_price,currency,ship_country,status';
const row = (n: string | number) =>
  `A-${n},2026-11-02T09:15:00+01:00,a@example.com,,CHAIR-1,2,19.90,EUR,DE,NEW`;
const file = (...lines: readonly string[]) => `${[header, ...lines].join('\n')}\n`;

/** What is over within seconds. Kills cost minutes: `npm run kill-runs`. */
const chaos = new Chaos('e2e', {
  kinds: [
    ...(['throttled', 'failed before its effect', 'done, but not answered'] as const),
    ...(['took a part of the entries', 'received twice', 'came again after it was deleted'] as const),
  ],
});
let app: LocalApp;
let day = 0;
/** A name of its own for each file: the day counts up from 1 January 2020. */
const nextName = (suffix = '') =>
  `orders_${new Date(Date.UTC(2020, 0, ++day)).toISOString().slice(0, 10).replaceAll('-', '')}.csv${suffix}`;

const drop = async (content: Uint8Array | string, name = nextName()) => {
  await app.drop('acme-orders', name, content);
  return app.ack('acme-orders', name);
};

beforeAll(async () => {
  app = await LocalApp.start({ chaos });
  chaos.end();
}, 600_000);
afterAll(async () => {
  await app?.stop();
});
jest.setTimeout(600_000);

describe('a file that cannot be worked on is rejected with its reason', () => {
  const good = file(row('r1'));
  it.each<[string, Uint8Array | string, string, string]>([
    ['empty', '', 'EMPTY_FILE', ''],
    ['blank lines only', '\n\r\n\n', 'EMPTY_FILE', ''],
    ['a header alone', `${header}\n`, 'HEADER_ONLY', ''],
    ['a missing column', good.replaceAll('sku,', '').replaceAll('CHAIR-1,', ''), 'MISSING_COLUMN', ''],
    ['a column twice', good.replaceAll('sku', 'order_no'), 'DUPLICATE_COLUMN', ''],
    ['semicolons', good.replaceAll(',', ';'), 'WRONG_DELIMITER', ''],
    ['UTF-16', Buffer.from(`\ufeff${good}`, 'utf16le'), 'WRONG_ENCODING', ''],
    ['10,000 columns', Array.from({ length: 10_000 }, (_, i) => `c${i}`).join(','), 'TOO_MANY_COLUMNS', ''],
    [
      'a truncated gzip',
      gzipSync(file(...Array.from({ length: 500 }, (_, i) => row(i)))).subarray(0, 900),
      'BROKEN_ARCHIVE',
      '.gz',
    ],
    ['a gzip that is none', good, 'BROKEN_ARCHIVE', '.gz'],
    ['a gzip bomb', gzipSync(Buffer.alloc(40 * 1_048_576)), 'EXPANDS_TOO_MUCH', '.gz'],
  ])('%s', async (_, content, code, suffix) => {
    const ack = await drop(content, nextName(suffix));
    expect(ack).toMatchObject({ state: 'rejected', balanced: true, fault: { code } });
    expect(ack.counts.published).toBe(0);
    expect(ack.fault!.remedy.length).toBeGreaterThan(10);
    expect(await app.events(ack.correlationId)).toEqual([]);
  });

  it('a name outside the convention, however it is written', async () => {
    for (const name of ['orders 1.csv', 'orders+1.csv', 'bestellungen_ä_%2F.csv', 'orders_20261332.csv']) {
      expect(await drop(good, name)).toMatchObject({
        state: 'rejected',
        fault: { code: 'NAME_OUTSIDE_CONVENTION' },
      });
    }
  });
});

describe('npm run drop', () => {
  const call = ['acme-orders', 'docs/guides/my-orders.csv', 'orders_20261201.csv'] as const;

  it('says in at most ten lines what became of a file, as README shows it', async () => {
    const { code, out, error } = await app.command('drop', ...call);
    expect({ code, error }).toEqual({ code: 0, error: '' });
    const lines = out.trim().split('\n');
    expect(lines.length).toBeLessThanOrEqual(10);
    expect(lines.slice(0, 3)).toEqual([
      'orders_20261201.csv: partial',
      '4 received: 3 published, 1 quarantined',
      expect.stringMatching(/^line 5, column status: UNKNOWN_CODE: /),
    ]);
  });

  it('prints everything as JSON, and says when there is no such file', async () => {
    const { code, out } = await app.command('drop', ...call, '--json');
    expect({ code, answer: JSON.parse(out).acknowledgement.integration }).toEqual({
      code: 0,
      answer: 'acme-orders',
    });
    expect(await app.command('drop', 'acme-orders', 'none.csv')).toMatchObject({
      code: 1,
      error: 'There is no file none.csv.\n',
    });
  });
});

describe('a bad row is quarantined and the rest is published', () => {
  const around = (bad: string | Buffer) =>
    Buffer.concat([
      Buffer.from(file(row(`a${day}`))),
      Buffer.from(bad),
      Buffer.from(`\n${row(`b${day}`)}\n`),
    ]);
  it.each<[string, string | Buffer, string]>([
    ['ragged', 'one,two', 'RAGGED_ROW'],
    [
      'with an unclosed quote',
      `"A-9,2026-11-02T09:15:00Z,a@example.com,,X,1,1.00,EUR,DE,NEW`,
      'UNCLOSED_QUOTE',
    ],
    ['with a misplaced quote', row('x').replace('CHAIR', 'CH"AIR'), 'MISPLACED_QUOTE'],
    ['with a NUL byte', row('x').replace('CHAIR', 'CH\0AIR'), 'NUL_BYTE'],
    [
      'with invalid UTF-8',
      Buffer.from(row('x').replace('CHAIR', 'CH\u00e4IR'), 'latin1'),
      'INVALID_ENCODING',
    ],
  ])('%s', async (_, bad, code) => {
    const ack = await drop(around(bad));
    expect(ack).toMatchObject({
      state: 'partial',
      counts: { received: 3, published: 2, quarantined: 1 },
      rejectedRows: { first: [{ line: 3, code }] },
    });
    expect(await app.events(ack.correlationId)).toHaveLength(2);
  });

  it('with one field of 100 MB', async () => {
    const name = nextName();
    const ack = await drop(around(Buffer.alloc(100_000_000, 0x78)), name);
    expect(ack).toMatchObject({
      state: 'partial',
      counts: { received: 3, published: 2 },
      rejectedRows: { first: [{ line: 3, code: 'RECORD_TOO_LONG' }] },
    });
    expect((await app.text('inbound', `acme/ack/${name}.rejected.csv`)).length).toBeLessThan(100_000);
  });
});

describe('rejected rows', () => {
  it('are corrected under fixed/, and reprocessed by an operator', async () => {
    const name = nextName();
    const bad = [row('f2').replace('NEW', 'SOLD'), row('f3').replace(',2,', ',two,')];
    const first = await drop(file(row('f1'), ...bad), name);
    expect(first).toMatchObject({ state: 'partial', counts: { published: 1, quarantined: 2 } });
    const csv = await app.text('inbound', `acme/ack/${name}.rejected.csv`);
    const fixed = `${name}.rejected.csv`;
    await app.dropFixed('acme-orders', fixed, csv.replace(',SOLD,', ',NEW,').replaceAll(',', ';'));
    expect(await app.ack('acme-orders', fixed)).toMatchObject({
      state: 'partial',
      balanced: true,
      corrects: { file: name, correlationId: first.correlationId },
      counts: { received: 2, published: 1, quarantined: 1 },
    });
    const asked = { kind: 'edge.reprocess', handoffId: first.correlationId, request: 'e2e' };
    await app.send('acme-orders', { ...asked, at: new Date().toISOString() });
    const answer = await until('the new answer', async () => {
      const ack = await app.ack('acme-orders', name);
      return ack.correlationId === first.correlationId ? undefined : ack;
    });
    expect(answer).toMatchObject({
      state: 'partial',
      reprocesses: { correlationId: first.correlationId, publishedBefore: 1 },
      counts: { received: 2, duplicate: 1, quarantined: 1 },
      rejectedRows: { first: [{ line: 4, code: 'NOT_A_NUMBER' }] },
    });
  });
});

describe('repetition', () => {
  it('of a notification, five times at once, publishes once', async () => {
    const name = nextName();
    const versionId = await app.drop('acme-orders', name, file(row('n1'), row('n2')));
    const notice = (i: number) => ({
      id: `repeat-${i}`,
      time: new Date().toISOString(),
      'detail-type': 'Object Created',
      detail: {
        bucket: { name: app.description.buckets.inbound },
        object: { key: `acme/in/${name}`, 'version-id': versionId },
      },
    });
    await Promise.all([1, 2, 3, 4, 5].map(i => app.send('acme-orders', notice(i))));
    const ack = await app.ack('acme-orders', name);
    expect(ack).toMatchObject({ state: 'complete', counts: { published: 2 } });
    expect(await app.events(ack.correlationId)).toHaveLength(2);
    expect((await app.handoffs()).filter(handoff => handoff.key.endsWith(name))).toHaveLength(1);
  });

  it('of content under two names at once publishes one of them', async () => {
    const content = file(row('t1'), row('t2'));
    const acks = await Promise.all([drop(content), drop(gzipSync(content), nextName('.gz'))]);
    expect(acks.map(ack => ack.state).sort()).toEqual(['complete', 'duplicate']);
    const events = (await app.events()).filter(event => event.subject.startsWith('A-t'));
    expect(events).toHaveLength(2);
  });

  it('of a name with other content is another file, each read as it was dropped', async () => {
    const name = nextName();
    await app.drop('acme-orders', name, file(row('v1')));
    await app.drop('acme-orders', name, file(row('v2'), row('v3')));
    await app.ack('acme-orders', name);
    const events = async () =>
      (await app.events())
        .filter(event => event.subject.startsWith('A-v'))
        .map(event => event.subject)
        .sort();
    while ((await events()).length < 3) await app.ack('acme-orders', name);
    expect(await events()).toEqual(['A-v1', 'A-v2', 'A-v3']);
  });

  it.each([
    ['dirty, corrected', false],
    ['dirty, corrected, dirty again', true],
  ])('of a name, %s, in quick succession is answered for the newest version', async (_, isDirtyAgain) => {
    const names = Array.from({ length: 6 }, () => nextName());
    const dropAll = async (name: string): Promise<string | undefined> => {
      await app.drop('acme-orders', name, file(row(`${name}-1`), 'one,two'));
      const second = await app.drop('acme-orders', name, file(row(`${name}-1`), row(`${name}-2`)));
      if (!isDirtyAgain) return second;
      return app.drop('acme-orders', name, file(row(`${name}-3`), 'three,four'));
    };
    const newest = await Promise.all(names.map(dropAll));
    await until('the end of all versions', async () => {
      const settled = (await app.handoffs()).filter(
        ({ key, state }) => names.includes(key.split('/').at(-1)!) && !unsettled.includes(state),
      );
      return settled.length === names.length * (isDirtyAgain ? 3 : 2) || undefined;
    });
    for (const [n, name] of names.entries()) {
      const ack = await app.ack('acme-orders', name);
      expect(ack.object.versionId).toBe(newest[n]);
      const rejected = await app.text('inbound', `acme/ack/${name}.rejected.csv`).catch(error => error.name);
      expect(rejected).toEqual(isDirtyAgain ? expect.stringContaining('three') : 'NoSuchKey');
    }
  });
});

describe('a file of more than one chunk', () => {
  it('is worked on in parallel, every row published once, and a column that no one agreed is named', async () => {
    // As few rows as two chunks and several checkpoints take: each row is a claim and an event of its own.
    const count = 2_200;
    const note = 'x'.repeat(8_000);
    const lines = Array.from({ length: count }, (_, i) => `${row(`big-${i}`)},${note}`);
    const content = [`${header},note`, ...lines].join('\n');
    expect(content.length).toBeGreaterThan(limits.chunkBytesMax);
    const ack = await drop(content);
    expect(ack).toMatchObject({
      state: 'complete',
      counts: { received: count, published: count },
      ignoredColumns: ['note'],
    });
    const subjects = new Set((await app.events(ack.correlationId)).map(event => event.subject));
    expect(subjects.size).toBe(count);
  });
});

describe('chaos', () => {
  it('changes neither events nor answers', async () => {
    chaos.begin();
    const rows = (n: number) => Array.from({ length: 60 }, (_, i) => row(`chaos-${n}-${i}`));
    const acks = await Promise.all(
      [1, 2, 3].map(n => drop(file(...rows(n), row(`bad-${n}`).replace('NEW', 'SOLD')))),
    );
    chaos.end();
    const faults = chaos.done.reduce((sum, { times }) => sum + times, 0);
    expect(faults).toBeGreaterThan(5);
    for (const ack of acks) {
      expect(ack).toMatchObject({ state: 'partial', balanced: true });
      expect(ack.counts).toMatchObject({ received: 61, published: 60, quarantined: 1 });
      const events = await app.events(ack.correlationId);
      expect(new Set(events.map(({ id }) => id)).size).toBe(60);
      expect(new Set(events.map(({ subject }) => subject)).size).toBe(60);
    }
  });
});

describe('the example of a consumer', () => {
  it('unpacks the batches of a lane, and has the newest level of each article', async () => {
    for (const name of ['bestand_20261024.csv', 'bestand_20261025.csv']) {
      const path = `integrations/nordwind-inventory/samples/good/${name}`;
      await app.drop('nordwind-inventory', name, await readFile(path));
      await app.drop('nordwind-inventory', `${name}.sha256`, await readFile(`${path}.sha256`));
      const { state, counts } = await app.ack('nordwind-inventory', name);
      expect({ state, published: counts.published }).toEqual({ state: 'complete', published: 5 });
    }
    expect(await checkConsumer(new Cloud(app.description))).toEqual({
      line: 'consumer stock-levels: 10 events, the newest stock of 5 items',
      differences: [],
    });
  });

  it('reports what it has taken, which the auditor holds against the bus', async () => {
    const lines = await until('the receipts', async () => {
      await prove(app, { graceSeconds: 0 });
      const { json } = await books.run(new OperatorApi(localApi(app.description, 'viewer')), {
        ...{ given: [], options: { integration: 'nordwind-inventory' } },
      });
      const [found] = (json as { numbers: Numbers[] }).numbers;
      return found?.consumers[0]?.received === 10 && found.claimed === 10 ? found : undefined;
    });
    expect(lines).toMatchObject({
      ...{ received: 10, claimed: 10, onBus: 10, unproven: [], differs: [] },
      consumers: [{ name: 'stock-levels', expected: 10, received: 10, missing: [] }],
    });
  });
});
