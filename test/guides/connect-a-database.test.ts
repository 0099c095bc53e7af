import { readFileSync } from 'node:fs';
import type { Connector } from '#adapters/cdc-feed/contract/cdc-source.ts';
import { defineCdcFeed } from '#adapters/cdc-feed/contract/define-cdc-feed.ts';
import { sourceSettings } from '#adapters/cdc-feed/derive/source-settings.ts';
import { customers, spec } from '../cdc-feed/flow/feeds.ts';

const guide = readFileSync('docs/guides/connect-a-database.md', 'utf8');

/** A connector's section, and the settings of its block. */
function settingsUnder(heading: string): ReadonlyMap<string, string> {
  const [, section = ''] = guide.split(`\n## ${heading}\n`);
  const [, block = ''] = /```properties\n(.*?)```/s.exec(section) ?? [];
  const lines = block.split('\n').filter(line => line && !line.startsWith('#'));
  return new Map(lines.map(line => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]));
}

const connectors: readonly (readonly [heading: string, Connector, prefix: string])[] = [
  ['PostgreSQL', 'postgresql', 'database'],
  ['MySQL and MariaDB', 'mysql', 'database'],
  ['SQL Server', 'sqlserver', 'database'],
  ['Oracle', 'oracle', 'database'],
  ['MongoDB', 'mongodb', 'mongodb'],
];

/** What every block must have, so that it can be copied as it is. */
const needed = [
  ...['connector.class', 'topic.prefix', 'offset.storage', 'offset.storage.file.filename'],
  ...['heartbeat.interval.ms', 'signal.enabled.channels', 'signal.data.collection', 'tombstones.on.delete'],
].map(name => `debezium.source.${name}`);
const written = ['decimal.handling.mode', 'time.precision.mode', 'binary.handling.mode'];
const sink = [
  ...['debezium.sink.type', 'debezium.sink.kinesis.region', 'debezium.transforms.stream.replacement'],
  ...['debezium.format.key.schemas.enable', 'debezium.format.value.schemas.enable'],
];

describe.each(connectors)('the settings of %s', (heading, connector, prefix) => {
  const settings = settingsUnder(heading);

  it('are complete in one block', () => {
    const modes = connector === 'mongodb' ? [] : written.map(name => `debezium.source.${name}`);
    const names = [...needed, ...modes, ...sink];
    expect(names.filter(name => !settings.get(name))).toEqual([]);
    const host = connector === 'mongodb' ? 'mongodb.connection.string' : 'database.hostname';
    expect(settings.get(`debezium.source.${host}`)).toContain('.example.com');
  });

  it('refer to credentials, and contain none', () => {
    expect(settings.get(`debezium.source.${prefix}.user`)).toMatch(/^\$\{DATABASE_USER\}$/);
    expect(settings.get(`debezium.source.${prefix}.password`)).toMatch(/^\$\{DATABASE_PASSWORD\}$/);
  });

  it('are those that the guide for the source derives from a contract', () => {
    const mongo = connector === 'mongodb';
    const feed = defineCdcFeed({
      ...spec,
      source: { kind: 'debezium', connector },
      tables: { [mongo ? 'shop.carts' : 'dbo.customers']: customers },
    });
    const plain = (text = '') => text.replaceAll('`', '');
    const derived = sourceSettings(feed).map(([name, value]) => [plain(name), plain(value)] as const);
    const inBlock = (name: string) =>
      settings.get(`debezium.source.${name}`) ?? settings.get(`debezium.${name}`);
    const shared = derived.filter(([name]) => inBlock(name) !== undefined);
    expect(shared.length).toBeGreaterThan(0);
    expect(shared.map(([name]) => [name, inBlock(name)])).toEqual(shared);
  });
});

test('the consumer that the guide shows is the one that runs end to end', () => {
  expect(guide).toContain(`\`\`\`ts\n${readFileSync('test/guides/customer-mirror.ts', 'utf8')}\`\`\`\n`);
});

test('the JSON that the guide shows is JSON, and as the feed needs it', () => {
  const files = [...guide.matchAll(/cat > (\w+)\.json <<'JSON'\n(.*?)\nJSON\n/gs)].map(
    ([, name, text = '']) => [name, JSON.parse(text)] as const,
  );
  expect(files.map(([name]) => name)).toEqual(['source', 'kinesis', 'task', 'tables']);
  expect(Object.fromEntries(files)).toMatchObject({
    source: { SecretsManagerSecretId: expect.any(String) },
    kinesis: {
      MessageFormat: 'json-unformatted',
      IncludeNullAndEmpty: true,
      IncludeTransactionDetails: true,
    },
    task: { BeforeImageSettings: { FieldName: 'before-image' }, TargetMetadata: { ParallelApplyThreads: 0 } },
  });
});
