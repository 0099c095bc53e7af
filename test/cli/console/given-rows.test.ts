import { givenRows } from '#cli/console/given-rows.ts';

const given = (rows: unknown) => ({
  input: { integration: 'acme-orders', id: 'h', columns: ['a', 'b'], rows },
});

describe('corrected rows that the page sends', () => {
  it('have one cell for each column, so that none is written into the column of another', () => {
    const rows = [{ id: 'h#1', cells: ['1', '2'] }];
    expect(givenRows(given(rows)).rows).toEqual(rows);
    expect(() => givenRows(given([{ id: 'h#1', cells: ['1'] }]))).toThrow(
      'Each row has one cell for each column.',
    );
  });
});
