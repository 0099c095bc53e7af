import type { DebeziumSource } from '../../contract/cdc-source.ts';
import type { SourceBlock } from './debezium-source-block.ts';

const connectorsWithoutSchemas: readonly string[] = ['mysql', 'mariadb', 'mongodb'];

/** Names a record's entity; undefined where the record does not say and the contract names more than one. */
export function entityNamer(source: DebeziumSource): (block: SourceBlock) => string | undefined {
  const ownerField = connectorsWithoutSchemas.includes(source.connector) ? 'db' : 'schema';
  const names = Object.keys(source.entities);
  return block => {
    const table = block.text('table') ?? block.text('collection');
    const owner = block.text(ownerField);
    if (table && owner) return `${owner}.${table}`;
    const candidates = table ? names.filter(name => name.endsWith(`.${table}`)) : names;
    return candidates.length === 1 ? candidates[0] : undefined;
  };
}
