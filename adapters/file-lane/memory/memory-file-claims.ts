import type { Ledger } from '../ports.ts';
import type { MemoryStore } from './memory-store.ts';

export const memoryFileClaims = ({
  claims,
}: Pick<MemoryStore, 'claims'>): Pick<Ledger, 'claimFile' | 'releaseFile'> => ({
  async claimFile({ integration, identity }, handoffId) {
    const key = `${integration}#${identity}`;
    const holder = claims.get(key) ?? handoffId;
    if (holder !== handoffId) return { duplicateOf: holder };
    claims.set(key, handoffId);
    return 'mine';
  },

  async releaseFile({ integration, identity }, handoffId) {
    const key = `${integration}#${identity}`;
    if (claims.get(key) === handoffId) claims.delete(key);
  },
});
