import type { VersionStore } from '#shared/consumer/version-store.ts';

/** What every version store must do; `stateOf` reads past the port, undefined for unknown and deleted. */
export function versionStoreCases(
  name: string,
  make: () => {
    readonly store: VersionStore<string>;
    readonly stateOf: (key: string) => Promise<string | undefined>;
  },
): void {
  describe(`${name} as a version store`, () => {
    test('takes the first and every newer version', async () => {
      const { store, stateOf } = make();
      expect(await store.writeIfNewer('a', '1', 'one')).toBe(true);
      expect(await store.writeIfNewer('a', '2', 'two')).toBe(true);
      expect(await stateOf('a')).toBe('two');
    });

    test('refuses the same and an older version', async () => {
      const { store, stateOf } = make();
      await store.writeIfNewer('a', '2', 'two');
      expect(await store.writeIfNewer('a', '2', 'again')).toBe(false);
      expect(await store.writeIfNewer('a', '1', 'one')).toBe(false);
      expect(await stateOf('a')).toBe('two');
    });

    test('keeps the version of what is deleted', async () => {
      const { store, stateOf } = make();
      await store.writeIfNewer('a', '1', 'one');
      expect(await store.writeIfNewer('a', '3', undefined)).toBe(true);
      expect(await store.writeIfNewer('a', '2', 'two')).toBe(false);
      expect(await stateOf('a')).toBeUndefined();
      expect(await store.writeIfNewer('a', '4', 'four')).toBe(true);
      expect(await stateOf('a')).toBe('four');
    });

    test('keeps aggregates apart', async () => {
      const { store, stateOf } = make();
      await store.writeIfNewer('a', '2', 'a');
      expect(await store.writeIfNewer('b', '1', 'b')).toBe(true);
      expect([await stateOf('a'), await stateOf('b')]).toEqual(['a', 'b']);
    });

    test('of writes at the same time the newest wins', async () => {
      const { store, stateOf } = make();
      await Promise.all(['3', '1', '5', '2', '4'].map(version => store.writeIfNewer('a', version, version)));
      expect(await stateOf('a')).toBe('5');
    });
  });
}
