import type { PlatformEntry } from '../bundle-entry.ts';
import type { Contracts } from '../contracts.ts';

/** No integration can have these names: ids have no dots. */
export const auditBundles = { writer: 'platform.audit-writer', sealer: 'platform.audit-sealer' } as const;

/** What writes the audit trail, and what seals its days. */
export const auditEntries = ({ integrations }: Pick<Contracts, 'integrations'>): readonly PlatformEntry[] => [
  { name: auditBundles.writer, handler: 'audit-writer.ts', factory: 'auditWriter', data: {} },
  {
    name: auditBundles.sealer,
    handler: 'audit-sealer.ts',
    factory: 'auditSealer',
    data: integrations.map(({ id }) => id),
  },
];
