import { checkDeclared } from '#adapters/file-lane/core/file/declared.ts';
import { parseSidecar } from '#adapters/file-lane/core/file/sidecar.ts';
import { answeredFault } from './fault-of.ts';

const sha256 = '0123456789abcdef'.repeat(4);
const name = 'orders 1+2%.csv';

describe('a sidecar', () => {
  it.each([
    ['alone', sha256],
    ['with a line end', `${sha256}\n`],
    ['with CRLF and a byte order mark', `\ufeff${sha256}\r\n`],
    ['in upper case', sha256.toUpperCase()],
    ['as sha256sum writes it', `${sha256}  ${name}\n`],
    ['as sha256sum -b writes it', `${sha256} *${name}\n`],
    ['with the path that sha256sum was given', `${sha256}  ./out/${name}\n`],
    ['with a Windows path', `${sha256} *C:\\out\\${name}\r\n`],
    ['among empty lines', `\n${sha256}\n\n`],
  ])('is read %s', (_form, text) => {
    expect(parseSidecar(text, name)).toEqual({ sha256 });
  });

  it('may spell accents in decomposed form, as macOS does', () => {
    expect(parseSidecar(`${sha256}  e\u0301.csv`, 'é.csv')).toEqual({ sha256 });
  });

  it.each([
    ['is empty', '', 'expected one line, found 0'],
    ['is only a byte order mark', '\ufeff', 'expected one line, found 0'],
    ['lists two files', `${sha256}  ${name}\n${sha256}  other.csv`, 'expected one line, found 2'],
    ['is a digit short', sha256.slice(1), 'expected 64 hexadecimal digits'],
    ['is a digit long', `${sha256}0`, 'expected 64 hexadecimal digits'],
    ['is another hash', 'd41d8cd98f00b204e9800998ecf8427e', 'expected 64 hexadecimal digits'],
    ['holds the hash in base64', 'ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=', 'expected 64'],
    ['is for another file', `${sha256}  other.csv`, 'it is for "other.csv", not for "orders 1+2%.csv"'],
    ['is for the file before compression', `${sha256}  orders 1+2%`, 'not for'],
  ])('is refused when it %s', (_flaw, text, detail) => {
    const fault = answeredFault(parseSidecar(text, name));
    expect(fault.code).toBe('BROKEN_SIDECAR');
    expect(fault.detail).toContain(detail);
  });
});

describe('what is declared', () => {
  const found = { bytes: 120, records: 3, sha256 };

  it.each([
    {},
    { sha256 },
    { sha256: sha256.toUpperCase() },
    { bytes: 120, records: 3 },
    { bytes: undefined, records: undefined, sha256: undefined },
  ])('agrees with what is found: %j', declared => {
    expect(checkDeclared(declared, found)).toBeUndefined();
  });

  it.each([
    [{ sha256: 'f'.repeat(64) }, 'CHECKSUM_MISMATCH', `declared sha256 ${'f'.repeat(64)}, found ${sha256}`],
    [{ bytes: 121 }, 'MANIFEST_MISMATCH', 'declared bytes 121, found 120'],
    [{ records: 0 }, 'MANIFEST_MISMATCH', 'declared records 0, found 3'],
    [
      { bytes: 9, records: 2 },
      'MANIFEST_MISMATCH',
      'declared bytes 9, found 120; declared records 2, found 3',
    ],
    [{ sha256: 'f'.repeat(64), bytes: 140 }, 'CHECKSUM_MISMATCH', 'declared bytes 140, found 120'],
  ])('is a fault when it differs: %j', (declared, code, detail) => {
    const fault = checkDeclared(declared, found);
    expect(fault?.code).toBe(code);
    expect(fault?.detail).toContain(detail);
  });
});
