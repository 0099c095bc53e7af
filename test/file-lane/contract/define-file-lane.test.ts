import { defineFileLane } from '#adapters/file-lane/contract/define-file-lane.ts';
import { ContractError } from '#shared/contract/options.ts';
import { laneSpec } from './lanes.ts';

const spoiled = (change: object) => () => defineFileLane({ ...laneSpec, ...change } as never);
const delivery = (change: object) => ({ delivery: { ...laneSpec.delivery, ...change } });
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
      'row duplicates without a version',
      { duplicates: 'row' },
      "duplicates: 'row' needs a version, or writeOnce",
    ],
    ['a version that is no column', { duplicates: 'row', version: 'when' }, 'version "when" is not a column'],
    ['no events', { events: [] }, 'events must name at least one event'],
    ['a share above one', { maxInvalidShare: 2 }, 'maxInvalidShare must lie between 0 and 1'],
    ['a concurrency of one', { maxConcurrency: 1 }, 'maxConcurrency must be a whole number from 2'],
    ['a control total of no column', { controlTotals: ['sum'] }, 'controlTotals "sum" is not a column'],
  ])('refuses %s', (_, change, message) => {
    expect(spoiled(change)).toThrow(ContractError);
    expect(spoiled(change)).toThrow(message);
  });

  it('names the lane in every refusal', () => {
    expect(spoiled({ key: [] })).toThrow('file lane acme-orders: key');
  });
});
