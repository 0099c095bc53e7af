import { MemoryVersionStore } from '#shared/consumer/memory-version-store.ts';
import { versionStoreCases } from './version-store.cases.ts';

versionStoreCases('memory', () => {
  const store = new MemoryVersionStore<string>();
  return { store, stateOf: async key => store.state(key) };
});
