import type { DebeziumSource } from '../../contract/cdc-source.ts';
import type { SourceBlock } from './debezium-source-block.ts';

/** Undefined where the record does not say and the contract names more than one. */
export function entityName(source: DebeziumSource, block: SourceBlock): string | undefined {
  const table = block.text('table') ?? block.text('collection');
  const scope =
    source.connector === 'mysql' || source.connector === 'mariadb' || source.connector === 'mongodb';
  const owner = scope ? block.text('db') : block.text('schema');
  if (table && owner) return `${owner}.${table}`;
  const names = Object.keys(source.entities);
  const candidates = table ? names.filter(name => name.endsWith(`.${table}`)) : names;
  return candidates.length === 1 ? candidates[0] : undefined;
}
