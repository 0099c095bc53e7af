import { nearestOf, refuseUnknownOptions } from '#shared/contract/options.ts';

describe('unknown options', () => {
  it('are refused with the nearest right one', () => {
    expect(() =>
      refuseUnknownOptions('file lane x', { maxInvalidShar: 1 }, ['maxInvalidShare', 'map']),
    ).toThrow('file lane x: unknown option "maxInvalidShar"; did you mean "maxInvalidShare"?');
  });

  it('are refused with the whole list when nothing is near', () => {
    expect(nearestOf('zzzzzzzzzzzz', ['map', 'key'])).toBeUndefined();
    expect(() => refuseUnknownOptions('x', { zzzzzzzzzzzz: 1 }, ['map', 'key'])).toThrow(
      'known options: map, key',
    );
  });
});
