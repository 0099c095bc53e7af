import fc from 'fast-check';
import { parseManifest } from '#adapters/file-lane/core/file/manifest.ts';
import { isFault } from '#shared/contract/fault.ts';
import { answeredFault } from './fault-of.ts';

const sha256 = '0123456789abcdef'.repeat(4);

describe('a manifest', () => {
  it('is read whole', () => {
    const text = JSON.stringify({
      bytes: 10,
      records: 2,
      sha256: sha256.toUpperCase(),
      totals: { price: '-12.50', quantity: 3 },
    });
    expect(parseManifest(`\ufeff${text}\r\n`, ['price', 'quantity'])).toEqual({
      bytes: 10,
      records: 2,
      sha256,
      totals: { price: '-12.50', quantity: '3' },
    });
  });

  it('may declare nothing, or a part', () => {
    expect(parseManifest('{}', ['price'])).toEqual({ totals: {} });
    expect(parseManifest('{"records":0,"totals":{}}', [])).toEqual({ records: 0, totals: {} });
    expect(parseManifest('{"totals":{"price":0.1}}', ['price', 'quantity'])).toEqual({
      totals: { price: '0.1' },
    });
  });

  it.each([
    ['', 'it is no JSON'],
    ['{"bytes":1', 'it is no JSON'],
    ["{'bytes':1}", 'it is no JSON'],
    ['[]', 'the manifest: '],
    ['null', 'the manifest: '],
    ['{"bytes":"10"}', 'bytes: '],
    ['{"bytes":-1}', 'bytes: '],
    ['{"records":1.5}', 'records: '],
    ['{"records":9007199254740993}', 'records: '],
    ['{"records":null}', 'records: '],
    ['{"sha256":"abc"}', 'sha256: expected 64 hexadecimal digits'],
    ['{"record":1}', 'unknown key "record"; did you mean "records"?'],
    ['{"checksumOfTheWholeFile":1}', 'unknown key "checksumOfTheWholeFile"; known: bytes, records'],
    ['{"totals":{"prise":"1"}}', 'totals: unknown key "prise"; did you mean "price"?'],
    ['{"totals":{"price":"1,5"}}', 'totals.price: expected a decimal string'],
    ['{"totals":{"price":""}}', 'totals.price: expected a decimal string'],
    ['{"totals":{"price":1e21}}', 'totals.price: expected a decimal string'],
    ['{"totals":{"price":9007199254740993}}', 'totals.price: expected a decimal string'],
    ['{"totals":{"price":12345678901234.567}}', 'totals.price: expected a decimal string'],
    ['{"totals":{"price":1e400}}', 'totals.price: expected a decimal string'],
    ['{"totals":{"price":null}}', 'totals.price: expected a decimal string'],
    ['{"totals":{"__proto__":"1"}}', 'totals: unknown key "__proto__"'],
  ])('is refused: %s', (text, detail) => {
    const fault = answeredFault(parseManifest(text, ['price']));
    expect(fault.code).toBe('BROKEN_SIDECAR');
    expect(fault.detail).toContain(detail);
  });

  it('is refused in a bounded detail, however long its keys', () => {
    const fault = answeredFault(parseManifest(JSON.stringify({ ['k'.repeat(60_000)]: 1 }), []));
    expect(fault.detail.length).toBeLessThan(300);
  });

  it('is read or refused, whatever it holds', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), text => {
        const answer = parseManifest(text, ['price']);
        expect(isFault(answer) || 'totals' in answer).toBe(true);
      }),
    );
  });
});
