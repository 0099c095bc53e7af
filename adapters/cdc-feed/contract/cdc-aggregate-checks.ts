import { requireThat } from '#shared/contract/require-that.ts';
import type { CdcFeed } from './cdc-feed.ts';
import { type CapturedTable, isEvent } from './cdc-table.ts';

/**
 * Consumers keep one state for each aggregate, so two keys must never share one: the second row would overwrite the first, and
 * be deleted with it.
 * @throws ContractError
 */
export function checkAggregates(where: string, { tables, tenant }: CdcFeed): void {
  const apart = 'from' in tenant ? tenant.from : undefined;
  for (const [name, captured] of Object.entries(tables))
    if (captured.kind === 'table') checkAggregate(`${where}: ${name}`, captured, apart);
}

/** Consumers tell tenants apart, so the tenant's column need not be told by the aggregate again. */
function checkAggregate(where: string, table: CapturedTable, tenantColumn: string | undefined): void {
  const event = [table.events.created, table.events.updated, table.events.deleted].find(isEvent);
  if (!event) return;
  const { aggregateId } = event;
  const telling = table.key.filter(column => column !== tenantColumn);
  const isNarrow = aggregateId.length < telling.length;
  const reason = table.aggregatePerKey?.reason;
  requireThat(
    where,
    !isNarrow || reason !== undefined,
    `key ${telling.join(' + ')} is wider than ${event.type} names its aggregate (${aggregateId.join(' + ')}), so that two rows may be one to consumers; name more properties in aggregateId, or say in aggregatePerKey why no two keys share an aggregate`,
  );
  requireThat(where, reason === undefined || reason.trim() !== '', 'aggregatePerKey.reason must say why');
  requireThat(
    where,
    isNarrow || reason === undefined,
    'aggregatePerKey does nothing: the aggregate is named by as much as the key',
  );
}
