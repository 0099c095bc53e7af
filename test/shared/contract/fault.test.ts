import { fault, faultKinds, isFault } from '#shared/contract/fault.ts';

describe('a fault', () => {
  const made = fault('NOT_A_NUMBER', { line: 2 }, 'is not a number');

  it('has the class and remedy of its code, or a more exact remedy', () => {
    const { class: faultClass, remedy } = faultKinds.NOT_A_NUMBER;
    expect(made).toEqual({
      code: 'NOT_A_NUMBER',
      class: faultClass,
      at: { line: 2 },
      detail: 'is not a number',
      remedy,
    });
    expect(fault('NOT_A_NUMBER', {}, '', 'Write 1.50.').remedy).toBe('Write 1.50.');
  });

  it('is told from data, whatever properties that has', () => {
    expect(isFault(made)).toBe(true);
    expect(isFault({ code: 'x', class: 'x', remedy: 'x' })).toBe(false);
    expect(isFault({ ...made })).toBe(false);
    expect(isFault(JSON.parse(JSON.stringify(made)))).toBe(false);
    expect(isFault(Object.create(made))).toBe(false);
  });

  it.each([[undefined], [null], ['code'], [7], [[]], [() => made]])('is not %p', value => {
    expect(isFault(value)).toBe(false);
  });
});
