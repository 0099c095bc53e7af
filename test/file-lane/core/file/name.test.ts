import fc from 'fast-check';
import { announcingName, exampleName, matchDataName, matchName } from '#adapters/file-lane/core/file/name.ts';
import { deliveryOf } from './delivery.ts';
import { answeredFault } from './fault-of.ts';

const plain = deliveryOf();
const sidecar = deliveryOf({ startsOn: 'sidecar', compression: ['gzip'] });
const refusal = (delivery: Parameters<typeof matchName>[0], key: string) =>
  answeredFault(matchName(delivery, key));

describe('a data file’s name', () => {
  it('gives its period as written', () => {
    expect(matchName(plain, 'orders_20240229.csv')).toEqual({
      kind: 'data',
      name: 'orders_20240229.csv',
      dataName: 'orders_20240229.csv',
      period: '20240229',
      compression: 'none',
    });
  });

  it.each([
    ['orders_{yyyyMMdd}.csv', 'orders_20261120.csv', '20261120'],
    ['orders {yyyy-MM-dd}.csv', 'orders 2026-11-20.csv', '2026-11-20'],
    ['{yyyyMM}+100%.csv', '202602+100%.csv', '202602'],
    ['o{yyyyMMddHHmmss}', 'o20261120235959', '20261120235959'],
    ['{digits}_{yyyyMMdd}.csv', '7_20261120.csv', '20261120'],
    ['{digits}{yyyyMM}.csv', '99202611.csv', '202611'],
    ['shipments-{digits}.tsv', 'shipments-00000000000000000042.tsv', undefined],
    ['fixed.csv', 'fixed.csv', undefined],
    ['ordres $1^(é).csv', 'ordres $1^(e\u0301).csv', undefined],
    ['%7Bx%7D {digits}.csv', '%7Bx%7D 1.csv', undefined],
  ])('%s matches %s', (convention, key, period) => {
    expect(matchName(deliveryOf({ name: convention }), key)).toMatchObject({
      kind: 'data',
      name: key,
      period,
    });
  });

  it.each([
    ['orders_{yyyyMMdd}.csv', 'orders_20260229.csv'],
    ['orders_{yyyyMMdd}.csv', 'orders_20261301.csv'],
    ['orders_{yyyyMMdd}.csv', 'orders_00000101.csv'],
    ['{yyyy-MM-dd}', '2026-04-31'],
    ['{yyyyMM}', '202600'],
    ['{yyyyMMddHHmmss}', '20261120240000'],
    ['{yyyyMMddHHmmss}', '20261120236000'],
  ])('%s refuses %s, which no calendar has', (convention, key) => {
    const fault = refusal(deliveryOf({ name: convention }), key);
    expect(fault.code).toBe('NAME_OUTSIDE_CONVENTION');
    expect(fault.detail).toContain('is no real {');
  });

  it.each([
    ['Orders_20261120.csv', 'from character 1 on it reads "Orders_20261120.csv" instead of "orders_"'],
    ['orders-20261120.csv', 'from character 7 on it reads "-20261120.csv" instead of "orders_"'],
    ['orders_2026-11-20.csv', 'from character 8 on it reads "2026-11-20.csv" instead of "{yyyyMMdd}"'],
    ['orders_20261120.csv.gz', 'from character 20 on it reads ".gz" instead of the end of the name'],
    ['orders_20261120', 'from character 16 on it ends instead of ".csv"'],
    ['orders_20261120.csv\n', 'it reads "\\n" instead of the end of the name'],
    ['orders_٢٠٢٦١١٢٠.csv', 'instead of "{yyyyMMdd}"'],
    [
      'sub/orders_20261120.csv',
      'from character 1 on it reads "sub/orders_20261120.csv" instead of "orders_"',
    ],
    ['orders%5F20261120.csv', 'from character 7 on it reads "%5F20261120.csv" instead of "orders_"'],
    ['orders_\u202e20261120.csv', 'reads "\\u{202e}20261120.csv"'],
  ])('refuses %j and says what differs', (key, difference) => {
    const fault = refusal(plain, key);
    expect(fault.code).toBe('NAME_OUTSIDE_CONVENTION');
    expect(fault.detail).toContain('expected orders_{yyyyMMdd}.csv, for example orders_20260131.csv; ');
    expect(fault.detail).toContain(difference);
  });

  it('is refused in a bounded detail, however long it is', () => {
    expect(refusal(plain, '\u{1f4a5}'.repeat(250)).detail.length).toBeLessThan(400);
  });

  it('loses the suffix of a compression that the lane takes, and only of such', () => {
    const gzip = deliveryOf({ compression: ['gzip'] });
    expect(matchName(gzip, 'orders_20261120.csv.gz')).toMatchObject({
      compression: 'gzip',
      dataName: 'orders_20261120.csv',
      name: 'orders_20261120.csv.gz',
    });
    expect(matchName(gzip, 'orders_20261120.csv')).toMatchObject({ compression: 'none' });
    expect(refusal(gzip, 'orders_20261120.csv.zip').detail).toContain('or with .gz');
    const zip = deliveryOf({ compression: ['gzip', 'zip'] });
    expect(matchName(zip, 'orders_20261120.csv.zip')).toMatchObject({ compression: 'zip' });
  });

  it('follows every convention when it is the convention’s example', () => {
    const placeholder = fc.constantFrom(
      '{yyyyMMdd}',
      '{yyyy-MM-dd}',
      '{yyyyMM}',
      '{yyyyMMddHHmmss}',
      '{digits}',
    );
    const literal = fc.string({ unit: 'grapheme' }).map(text => text.replace(/[{}/]/g, ''));
    fc.assert(
      fc.property(literal, placeholder, literal, (before, form, after) => {
        const delivery = deliveryOf({ name: `${before}${form}${after}` });
        expect(matchDataName(delivery, exampleName(delivery))).toMatchObject({ kind: 'data' });
      }),
    );
  });

  it('is never matched by chance: any other text is refused, not thrown at', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), text => {
        expect(answeredFault(matchDataName(plain, text)).code).toBe('NAME_OUTSIDE_CONVENTION');
      }),
    );
  });
});

describe('what is no work', () => {
  it.each([
    '',
    'sub/',
    ...['part', 'tmp', 'PART', 'TMP', 'filepart', 'partial', 'crdownload'].map(
      suffix => `orders_20261120.csv.${suffix}`,
    ),
    ...['x.tmp', 'x.sha256.filepart', '.DS_Store', '.orders_20261120.csv', '.orders_20261120.csv.Xy12'],
    ...['.hidden/orders_20261120.csv', '~$orders.xlsx', 'Thumbs.db', 'desktop.ini', '__MACOSX/x'],
  ])('%j is ignored', key => {
    expect(matchName(plain, key)).toMatchObject({ kind: 'ignored' });
  });

  it('a data file waits for its sidecar', () => {
    expect(matchName(sidecar, 'orders_20261120.csv')).toEqual({
      kind: 'unannounced',
      announcedBy: 'sidecar',
      announcementKeyName: 'orders_20261120.csv.sha256',
    });
  });

  it('a data file with a wrong name does not wait but is refused', () => {
    expect(refusal(sidecar, 'order.csv').code).toBe('NAME_OUTSIDE_CONVENTION');
  });
});

describe('what announces a data file', () => {
  it('names it, with its period and compression', () => {
    expect(matchName(sidecar, 'orders_20261120.csv.gz.sha256')).toMatchObject({
      kind: 'sidecar',
      dataKeyName: 'orders_20261120.csv.gz',
      data: { period: '20261120', compression: 'gzip' },
    });
    const manifest = deliveryOf({ startsOn: 'manifest' });
    expect(matchName(manifest, announcingName('manifest', 'orders_20261120.csv'))).toMatchObject({
      kind: 'manifest',
      dataKeyName: 'orders_20261120.csv',
    });
  });

  it('is refused when its data file’s name is wrong', () => {
    expect(refusal(sidecar, 'orders.csv.sha256').detail).toContain('instead of "orders_"');
  });

  it('is refused by a lane that would not check it, and says so', () => {
    expect(refusal(plain, 'orders_20261120.csv.sha256').remedy).toContain('does not use checksums');
    expect(refusal(sidecar, 'orders_20261120.csv.manifest.json').remedy).toContain('does not use manifests');
  });
});
