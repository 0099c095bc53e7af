import { readFileSync } from 'node:fs';
import * as is from '#adapters/cdc-feed/contract/cdc-source.ts';
import * as readers from '#shared/core/mapping/author-kit.ts';
import { dms } from '../cdc-feed/core/change/ranges/dms.ts';
import { dynamodb } from '../cdc-feed/core/change/ranges/dynamodb.ts';
import { mongodb } from '../cdc-feed/core/change/ranges/mongodb.ts';
import { mysql } from '../cdc-feed/core/change/ranges/mysql.ts';
import { oracle } from '../cdc-feed/core/change/ranges/oracle.ts';
import { postgresql } from '../cdc-feed/core/change/ranges/postgresql.ts';
import type { RangeCase } from '../cdc-feed/core/change/ranges/range-case.ts';
import { sqlserver } from '../cdc-feed/core/change/ranges/sqlserver.ts';

const guide = readFileSync('docs/guides/add-a-feed.md', 'utf8');

/** The cells of the table under a heading, by row. */
function tableUnder(heading: string): string[][] {
  const [, after = ''] = guide.split(`### ${heading}\n`);
  const [, rows = ''] = /((?:^\|.*\n)+)/m.exec(after) ?? [];
  return rows
    .trim()
    .split('\n')
    .map(row =>
      row
        .slice(1, -1)
        .split('|')
        .map(cell => cell.trim()),
    );
}

const types = tableUnder('Which type for which column');
const fitting = tableUnder('Which reader for which type');
const kindIn = ([cell = '']: readonly string[]) => /`is\.(\w+)\(/.exec(cell)?.[1];
const kinds = Object.entries(is).flatMap(([name, value]) => (typeof value === 'function' ? [name] : []));

/** Columns of the table, and the types of each connector that are tested at both ends of their range. */
const connectors: readonly (readonly [string, readonly RangeCase[]])[] = [
  ['PostgreSQL', postgresql],
  ['MySQL, MariaDB', mysql],
  ['SQL Server', sqlserver],
  ['Oracle', oracle],
  ['MongoDB', mongodb],
  ['DMS', dms],
  ['DynamoDB', dynamodb],
];

describe('the table of column types', () => {
  it.each([
    ['database types', types],
    ['readers', fitting],
  ])('has every type that a contract can declare, once: %s', (_what, table) => {
    expect(table.slice(2).map(kindIn).toSorted()).toEqual(kinds.toSorted());
  });

  it.each(connectors)('has the types of %s, each under the reader that reads it', (connector, cases) => {
    const column = types[0]?.indexOf(connector) ?? -1;
    expect(column).toBeGreaterThan(0);
    const cellOf = (kind: string) => types.find(row => kindIn(row) === kind)?.[column] ?? '';
    const missing = cases.filter(({ database, type }) => {
      const name = database.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
      return !new RegExp(`\`${name}\\b|\`${name}\``).test(cellOf(type.kind));
    });
    expect(missing.map(({ database, type }) => `${database}: is.${type.kind}()`)).toEqual([]);
  });

  it('names the unit of a time that the connector writes in another one', () => {
    const units = [postgresql, mysql, sqlserver, oracle].flatMap((cases, i) =>
      cases.flatMap(({ database, type }) =>
        type.kind === 'timestamp' || type.kind === 'time' ? [{ connector: i + 1, database, type }] : [],
      ),
    );
    for (const { connector, type } of units) {
      const [unit, row] = ['unit' in type ? type.unit : '', types.find(cells => kindIn(cells) === type.kind)];
      if (unit !== 'micros') expect(row?.[connector]).toContain(`\`${unit}\``);
    }
  });

  it('names every reader of values', () => {
    const [, section = ''] = guide.split('### Which reader for which type\n');
    const [text = ''] = section.split('\n## ');
    const named = Object.keys(readers).filter(name => name !== 'Refusal');
    expect(named.filter(name => !text.includes(`\`${name}(`))).toEqual([]);
  });
});
