import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CdcFeed } from '#adapters/cdc-feed/contract/cdc-feed.ts';
import { defineCdcFeed } from '#adapters/cdc-feed/contract/define-cdc-feed.ts';
import { expectedShape } from '#cli/demo/feeds/feed-sample-shapes.ts';
import { spec } from '../cdc-feed/flow/feeds.ts';
import { FeedSimulator } from '../cdc-feed/flow/simulator.ts';
import type { PutRecord } from '../cdc-feed/flow/stream-events.ts';
import { inPlace, shownIn } from './blocks.ts';
import suppliers from './suppliers/contract.ts';
import rows from './suppliers/outbox-contract.ts';

const guide = readFileSync('docs/guides/add-a-feed.md', 'utf8');
const shown = shownIn(guide);
const text = (name: string) => readFileSync(join('test/guides/suppliers', name), 'utf8');
const records = (name: string): PutRecord[] =>
  text(name)
    .trim()
    .split('\n')
    .map(line => JSON.parse(line));
const run = async (feed: CdcFeed, put: readonly PutRecord[]) => {
  const simulator = await new FeedSimulator(feed).put(...put).run();
  const { again: _, ...tally } = simulator.tally();
  return {
    tally,
    codes: simulator.quarantined().map(({ code }) => code),
    events: simulator.facts().map(({ type, subject, data }) => ({ type, subject, data })),
  };
};

const outcomeIn = (name: string) => {
  const { tally, faults, events } = expectedShape.parse(JSON.parse(text(name)));
  return { tally, codes: faults.map(({ code }) => code), events };
};
const outcome = outcomeIn('expected.json');

describe('the guide to adding a feed', () => {
  it.each([
    ['events/purchasing/supplier-updated.v1.ts', 'supplier-updated.v1.ts'],
    ['events/purchasing/supplier-deleted.v1.ts', 'supplier-deleted.v1.ts'],
    ['integrations/erp-suppliers/contract.ts', 'contract.ts'],
    ['integrations/erp-outbox/contract.ts', 'outbox-contract.ts'],
  ])('shows %s as it is tested here', (path, name) => {
    expect(inPlace(shown(path))).toBe(inPlace(text(name)));
  });

  it.each([
    ['integrations/erp-suppliers/samples/changes/records.jsonl', 'records.jsonl'],
    ['integrations/erp-suppliers/samples/changes/expected.json', 'expected.json'],
    ['integrations/erp-outbox/samples/rows/records.jsonl', 'outbox-records.jsonl'],
    ['integrations/erp-outbox/samples/rows/expected.json', 'outbox-expected.json'],
  ])('shows %s as it is tested here', (path, name) => {
    expect(shown(path)).toBe(text(name));
  });

  it('names only commands that there are, and pages that there are', () => {
    const { scripts } = JSON.parse(readFileSync('package.json', 'utf8'));
    const commands = [...guide.matchAll(/^npm (?:run )?([\w-]+)/gm)].map(([, script]) => script!);
    expect(commands.length).toBeGreaterThan(4);
    for (const command of commands) expect(Object.keys(scripts)).toContain(command);
    const links = [...guide.matchAll(/\]\(([^)#]+)/g)].map(([, link]) => link!);
    for (const link of links) expect(existsSync(join('docs/guides', link))).toBe(true);
  });
});

describe('the feed of the guide', () => {
  it('makes of its sample what the guide expects', async () => {
    expect(await run(suppliers, records('records.jsonl'))).toEqual(outcome);
  });

  it('makes the same of flattened records that have the fields that the guide asks for', async () => {
    expect(await run(flattenedFeed(), records('records.jsonl').map(flattened))).toEqual(outcome);
    const last = flattened(records('records.jsonl').at(-1)!).data;
    expect(guide).toContain(`\n${JSON.stringify(last)}\n`);
  });

  it('quarantines what is left of a delete without the setting that the guide asks for', async () => {
    const { codes } = await run(flattenedFeed(), [{ partitionKey: '{"id":7}', data: { base64: '' } }]);
    expect(codes).toEqual(['UNDECODABLE_CHANGE']);
  });

  it('makes of an outbox’s row the event that it carries, whatever it is keyed by', async () => {
    const [row] = records('outbox-records.jsonl');
    const byAggregate = { ...row!, partitionKey: '{"aggregatetype":"supplier","aggregateid":"7"}' };
    const published = outcomeIn('outbox-expected.json');
    expect(await run(rows, [row!])).toEqual(published);
    expect(await run(rows, [byAggregate])).toEqual(published);
  });
});

const flattenedFeed = () =>
  defineCdcFeed({
    ...spec,
    source: { kind: 'debezium', connector: 'postgresql', form: 'flattened' },
    tables: suppliers.tables,
  });

interface Envelope {
  readonly op: string;
  readonly before: object | null;
  readonly after: object | null;
  readonly source: Readonly<Record<string, unknown>>;
}

/** As `ExtractNewRecordState` writes it with the guide's settings. */
function flattened({ partitionKey, data }: PutRecord): PutRecord {
  const { op, before, after, source } = data as Envelope;
  const [, fields = ''] = /add\.fields=(.*)/.exec(guide)!;
  const added = fields
    .split(',')
    .map(
      field => [`__${field.replace('.', '_')}`, field === 'op' ? op : source[field.split('.')[1]!]] as const,
    );
  const isDelete = op === 'd';
  const row = { ...(isDelete ? before : after), __deleted: String(isDelete) };
  return {
    ...(partitionKey !== undefined && { partitionKey }),
    data: { ...row, ...Object.fromEntries(added) },
  };
}
