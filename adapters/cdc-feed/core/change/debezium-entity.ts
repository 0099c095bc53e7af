import type { DebeziumSource } from '../../contract/cdc-source.ts';
import { matcherOf } from '../../contract/table-name.ts';
import type { SourceBlock } from './debezium-source-block.ts';

const connectorsWithoutSchemas: readonly string[] = ['mysql', 'mariadb', 'mongodb'];

/** Names a record's entity; undefined where the record does not say and the contract names more than one. */
export function entityNamer(source: DebeziumSource): (block: SourceBlock) => string | undefined {
  const ownerField = connectorsWithoutSchemas.includes(source.connector) ? 'db' : 'schema';
  const captured = Object.keys(source.entities);
  const declared = [...captured, ...(source.skipTables ?? [])].map(ownedTable);
  return block => {
    const table = block.text('table') ?? block.text('collection');
    const owner = block.text(ownerField);
    if (table && owner) return `${owner}.${table}`;
    return only(table ? declared.flatMap(nameOf => nameOf(table) ?? []) : captured);
  };
}

/** The full name of a table that a declared name or pattern may mean. */
function ownedTable(declared: string): (table: string) => string | undefined {
  const owner = declared.slice(0, declared.indexOf('.'));
  const matches = matcherOf(declared);
  return table => (matches(`${owner}.${table}`) ? `${owner}.${table}` : undefined);
}

function only(names: readonly string[]): string | undefined {
  const [first, ...others] = new Set(names);
  return others.length === 0 ? first : undefined;
}
