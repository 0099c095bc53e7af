import type { PlatformEntry } from '../bundle-entry.ts';

/** No integration can have these names: ids have no dots. */
export const auditBundles = { writer: 'platform.audit-writer', sealer: 'platform.audit-sealer' } as const;

/** What writes the audit trail, and what seals its days. */
export const auditEntries: readonly PlatformEntry[] = [
  { name: auditBundles.writer, handler: 'audit-writer.ts', factory: 'auditWriter', data: {} },
  {
    name: auditBundles.sealer,
    handler: 'audit-sealer.ts',
    factory: 'auditSealer',
    isRegistered: true,
  },
];
