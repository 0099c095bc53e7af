import { defineFileLane } from '#adapters/file-lane/contract/define-file-lane.ts';
import { ContractError } from '#shared/contract/options.ts';
import { decimal } from '#shared/core/mapping/decimal.ts';
import { defineField } from '#shared/core/mapping/define-field.ts';
import { instant } from '#shared/core/mapping/instant.ts';
import { optional } from '#shared/core/mapping/optional.ts';
import { text } from '#shared/core/mapping/text.ts';
import { laneSpec } from './lanes.ts';

const spoiled = (change: object) => () => defineFileLane({ ...laneSpec, ...change } as never);
const delivery = (change: object) => ({ delivery: { ...laneSpec.delivery, ...change } });
const row = (change: object) => ({ duplicates: 'row', ...change });
const lane = defineFileLane(laneSpec);

describe('defineFileLane', () => {
  it('fills in the defaults that are promised', () => {
    expect(lane).toMatchObject({
      kind: 'file-lane',
      direction: 'inbound',
      delivery: { compression: [], startsOn: 'data', security: {}, via: ['s3'], retentionDays: 400 },
      dialect: { delimiter: ',', quote: '"', escape: '"', encoding: 'utf-8', header: 'by-name' },
      duplicateScope: 'content',
      duplicateDays: 400,
      maxConcurrency: 10,
      controlTotals: [],
      skip: [],
    });
  });

  it('freezes what it makes, all the way down', () => {
    for (const part of [lane, lane.delivery, lane.dialect, lane.columns, lane.key, lane.owner])
      expect(Object.isFrozen(part)).toBe(true);
    expect(() => ((lane.delivery as { folder: string }).folder = 'other')).toThrow(TypeError);
  });

  it.each([
    [
      'an unknown option',
      { maxInvalidShar: 0 },
      'unknown option "maxInvalidShar"; did you mean "maxInvalidShare"?',
    ],
    [
      'an unknown option of the delivery',
      delivery({ startOn: 'data' }),
      'delivery: unknown option "startOn"; did you mean "startsOn"?',
    ],
    [
      'an unknown option of the format',
      { format: { delimeter: ';' } },
      'format: unknown option "delimeter"; did you mean "delimiter"?',
    ],
    [
      'an unknown option of the security',
      delivery({ security: { encrypted: 'pgp' } }),
      'delivery.security: unknown option "encrypted"; did you mean "encryption"?',
    ],
    [
      'another encryption',
      delivery({ security: { encryption: 'zip' } }),
      "delivery.security.encryption must be 'pgp'",
    ],
    [
      'a signature inside of no message',
      delivery({ security: { signing: { detached: false } } }),
      "needs encryption: 'pgp'",
    ],
    [
      'a signature that is neither beside nor inside',
      delivery({ security: { signing: {} } }),
      'delivery.security.signing.detached must be true or false',
    ],
    [
      'a zip archive inside PGP',
      delivery({ compression: ['zip'], security: { encryption: 'pgp' } }),
      "use 'gzip'",
    ],
    ['an id in capitals', { id: 'Acme' }, '"Acme" must be lower-case words'],
    ['an id that is too long', { id: 'a'.repeat(41) }, 'the id has 41 characters; at most 40'],
    ['an empty purpose', { purpose: ' ' }, 'purpose must say something'],
    ['a tenant in capitals', { tenant: { constant: 'ACME' } }, '"ACME" must be lower-case words'],
    [
      'a tenant from no column',
      { tenant: { from: 'shop', allowed: ['a'] } },
      'tenant.from "shop" is not one of',
    ],
    [
      'a tenant that nobody may be',
      { tenant: { from: 'order_no', allowed: [] } },
      'tenant.allowed must name at least one',
    ],
    ['a folder that is none', delivery({ folder: '/acme/' }), 'delivery.folder must be lower-case'],
    [
      'a placeholder that is none',
      delivery({ name: 'orders_{date}.csv' }),
      '{date} is not a placeholder; known: yyyyMMdd',
    ],
    ['a name with a slash', delivery({ name: 'in/orders.csv' }), 'may not contain a slash'],
    ['two periods in a name', delivery({ name: '{yyyyMM}_{yyyyMMdd}.csv' }), 'may carry one period'],
    [
      'a period scope without a period',
      { ...delivery({ name: 'orders.csv' }), duplicateScope: 'period' },
      "duplicateScope 'period' needs a period",
    ],
    [
      'a delimiter of two characters',
      { format: { delimiter: '||' } },
      'format.delimiter must be one character',
    ],
    ['a line end as the quote', { format: { quote: '\n' } }, 'may be no line end'],
    [
      'an escape that is the delimiter',
      { format: { escape: ',' } },
      'format.escape and format.delimiter must differ',
    ],
    ['an empty comment mark', { format: { comment: '' } }, 'format.comment must be at least one character'],
    ['a delimiter outside ASCII', { format: { delimiter: '¦' } }, 'must be an ASCII character'],
    [
      'a quote that is the delimiter',
      { format: { delimiter: '"' } },
      'format.quote and format.delimiter must differ',
    ],
    [
      'a trailer total of no column',
      { format: { trailer: { startsWith: 'T', totals: { sum: 2 } } } },
      '"sum" is not a column',
    ],
    [
      'a trailer total that is not computed',
      { format: { trailer: { startsWith: 'T', totals: { count: 2 } } } },
      '"count" must be among controlTotals',
    ],
    ['no key', { key: [] }, 'key must name at least one column'],
    ['a key that is no column', { key: ['orderno'] }, 'key "orderno" is not a column; columns are order_no'],
    ['a personal key', { key: ['customer'] }, 'key "customer" is personal data'],
    ['a version without row duplicates', { version: 'at' }, "version needs duplicates: 'row'"],
    [
      'SFTP without a word on where the file ends',
      delivery({ via: ['sftp'] }),
      "delivery.via 'sftp': a session that breaks off leaves a part of the file that looks complete",
    ],
    [
      'keys written once in rows that are not compared',
      { writeOnce: { reason: 'a test' } },
      "writeOnce needs duplicates: 'row'",
    ],
    [
      'keys written once, in versions',
      row({ version: 'at', writeOnce: { reason: 'a test' } }),
      'writeOnce and version exclude each other',
    ],
    ['a version that is no column', { duplicates: 'row', version: 'when' }, 'version "when" is not a column'],
    ['no events', { events: [] }, 'events must name at least one event'],
    ['a share above one', { maxInvalidShare: 2 }, 'maxInvalidShare must lie between 0 and 1'],
    ['a concurrency of one', { maxConcurrency: 1 }, 'maxConcurrency must be a whole number from 2'],
    ['a control total of no column', { controlTotals: ['sum'] }, 'controlTotals "sum" is not a column'],
    [
      'a control total over text',
      { controlTotals: ['order_no'] },
      'controlTotals "order_no" must be a number: read it with integer() or decimal()',
    ],
    [
      'a misspelt control total',
      { controlTotals: ['cuont'] },
      'controlTotals "cuont" is not a column; columns are order_no, count, customer, at; did you mean "count"?',
    ],
    ['a version that may be negative', row({ version: 'count' }), 'version "count" must be a date, a time'],
    ['a version of text', row({ version: 'order_no' }), 'version "order_no" must be a date, a time'],
    [
      'a decimal version',
      row({ version: 'v', columns: { ...laneSpec.columns, v: decimal({ min: '0' }) } }),
      'version "v" must be a date, a time, or a whole number from 0, e.g. integer({ min: 0 })',
    ],
    [
      'a version that may be empty',
      row({ version: 'v', columns: { ...laneSpec.columns, v: optional(instant()) } }),
      'version "v" may not be optional',
    ],
    [
      'a key that may be empty',
      { columns: { ...laneSpec.columns, order_no: optional(text({ max: 20 })) } },
      'key must have a column that is never empty',
    ],
    [
      'a misspelt option of the trailer',
      { format: { trailer: { startsWith: 'T', recods: 2 } } },
      'format.trailer: unknown option "recods"; did you mean "records"?',
    ],
    [
      'a trailer field that is none',
      { format: { trailer: { startsWith: 'T', records: 0 } } },
      'format.trailer.records must be a whole number from 1',
    ],
    [
      'an unknown kind of duplicates',
      { duplicates: 'rows' },
      "duplicates must be one of 'file', 'row'; did you mean 'row'?",
    ],
    ['negative days', { duplicateDays: -5 }, 'duplicateDays must be a whole number from 1 to 3650'],
    ['half a day', delivery({ retentionDays: 0.5 }), 'delivery.retentionDays must be a whole number from 1'],
    [
      'an unknown encoding',
      { format: { encoding: 'utf8' } },
      "format.encoding must be one of 'utf-8', 'utf-16', 'utf-16le', 'utf-16be', 'latin1', 'windows-1252'; did you mean 'utf-8'?",
    ],
    [
      'an unknown compression',
      delivery({ compression: ['gz'] }),
      "delivery.compression[0] must be one of 'gzip', 'zip'; did you mean 'gzip'?",
    ],
    ['a share of no number', { maxInvalidShare: Number.NaN }, 'maxInvalidShare must lie between 0 and 1'],
    ['a share in words', { maxInvalidShare: '1' }, 'maxInvalidShare must be a number'],
    ['an unknown trust', { trust: 'verifid' }, "did you mean 'verified'?"],
    ['an owner without a team', { owner: { contact: 'x' } }, 'owner.team is missing; it must be a text'],
    ['a tenant of another form', { tenant: { const: 'x' } }, 'tenant: unknown option "const"'],
    ['a tenant in a text', { tenant: 'acme' }, 'tenant must be an object'],
    ['a reader that is not called', { columns: { no: text } }, 'columns.no must be a reader'],
    ['no columns', { columns: {} }, 'columns must name at least one column'],
    ['a column that is inherited', { key: ['constructor'] }, 'key "constructor" is not a column'],
    ['an event that is none', { events: [undefined] }, 'events[0] must be an event that defineEvent made'],
    ['a key that is no list', { key: 'order_no' }, 'key must be a list'],
    ['a skip rule without a reason', { skip: [{ when: () => true }] }, 'skip[0].reason is missing'],
    ['writeOnce without a reason', { writeOnce: {} }, 'writeOnce.reason is missing'],
    ['a map that is none', { map: 'row' }, 'map must be a function'],
    [
      'a name that is never read',
      delivery({ name: 'orders_{yyyyMMdd}.tmp' }),
      'delivery.name: no file named like this is ever read, because its upload is under way',
    ],
  ])('refuses %s', (_, change, message) => {
    expect(spoiled(change)).toThrow(ContractError);
    expect(spoiled(change)).toThrow(message);
  });

  it.each(Object.keys(laneSpec).filter(part => part !== 'id'))('says that %s is missing', part => {
    const without = Object.fromEntries(Object.entries(laneSpec).filter(([name]) => name !== part));
    expect(() => defineFileLane(without as never)).toThrow(
      `file lane acme-orders: ${part} is missing; it must be`,
    );
  });

  it.each([
    [{}, 'file lane without an id: id is missing; it must be a text'],
    [undefined, 'file lane without an id: the contract must be an object'],
    [null, 'file lane without an id: the contract must be an object'],
    [{ id: 'x', delivery: null }, 'file lane x: '],
  ])('never throws a TypeError at %j', (spec, message) => {
    expect(() => defineFileLane(spec as never)).toThrow(ContractError);
    expect(() => defineFileLane(spec as never)).toThrow(message);
  });

  it('says which part of the delivery is missing', () => {
    expect(spoiled({ delivery: { folder: 'acme' } })).toThrow(
      'file lane acme-orders: delivery.name is missing',
    );
    expect(spoiled({ delivery: null })).toThrow('file lane acme-orders: delivery must be an object');
  });

  it('takes a reader of one’s own for a version or a total, when it says what it reads', () => {
    const own = (type: 'integer' | 'decimal', min?: number) =>
      defineField({ form: 'a number', read: Number, type, min });
    const columns = { ...laneSpec.columns, v: own('integer', 0), sum: own('decimal') };
    const changed = row({ columns, version: 'v', controlTotals: ['sum'] });
    expect(spoiled(changed)()).toMatchObject({ version: 'v', controlTotals: ['sum'] });
  });

  it('names the lane in every refusal', () => {
    expect(spoiled({ key: [] })).toThrow('file lane acme-orders: key');
  });
});
