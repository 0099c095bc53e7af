import { matchFixedName } from '#adapters/file-lane/core/file/fixed-name.ts';

const plain = { security: {} };
const encrypted = { security: { encryption: 'pgp' } } as const;
const signed = { security: { signing: { detached: true } } };

describe('a file under fixed/', () => {
  it.each([
    [plain, 'orders_20270101.csv.rejected.csv'],
    [plain, 'Part 2 (corrected).CSV'],
    [encrypted, 'a.csv.pgp'],
    [signed, 'a.csv'],
  ])('may have any name that ends as agreed: %j %s', (delivery, name) => {
    expect(matchFixedName(delivery, name)).toMatchObject({ kind: 'data', name, compression: 'none' });
  });

  it.each([
    [plain, 'a.xlsx'],
    [plain, 'a.csv.gz'],
    [plain, '.csv'],
    [encrypted, 'a.csv'],
  ])('is refused, or ignored, under another: %j %s', (delivery, name) => {
    expect(matchFixedName(delivery, name)).not.toMatchObject({ kind: 'data' });
  });

  it('is signed as the files of its lane are', () => {
    expect(matchFixedName(signed, 'a.csv.sig')).toMatchObject({ kind: 'signature', data: { name: 'a.csv' } });
    expect(matchFixedName(plain, 'a.csv.sig')).toMatchObject({ code: 'NAME_OUTSIDE_CONVENTION' });
  });

  it.each(['', 'folder/', 'a.csv.part', '~$a.csv'])('is nobody’s delivery: %j', name => {
    expect(matchFixedName(plain, name)).toMatchObject({ kind: 'ignored' });
  });
});
