import { code, derivedFrom, page, table } from '#shared/derive/markdown.ts';
import { duration, sentence } from '#shared/derive/words.ts';
import type { CdcFeed } from '../contract/cdc-feed.ts';
import { hasTable } from '../contract/cdc-feed.ts';
import { isReported } from '../contract/cdc-stream.ts';
import type { Captured, CapturedOutbox, CapturedTable } from '../contract/cdc-table.ts';
import { feedFaults } from './feed-faults.ts';
import { changeRows, driftInWords, sourceInWords, streamInWords, typeInWords } from './feed-words.ts';
import { sourceSettings } from './source-settings.ts';

/** The guide for whoever runs the database, in Markdown: stream, settings, tables, and what becomes of each change. */
export function renderSourceGuide(feed: CdcFeed): string {
  return page([
    derivedFrom(`integrations/${feed.id}/contract.ts`),
    `# Capturing changes: ${feed.id}`,
    `For whoever runs ${feed.partner.name}. ${feed.purpose} Version ${feed.schemaVersion} of the agreement; questions to ${feed.owner.contact}. How to connect one step by step: [Connect a database](../guides/connect-a-database.md).`,
    '## Where changes go',
    `${sentence(`written by ${sourceInWords(feed)} to ${streamInWords(feed)}`)} ${patience(feed)}`,
    '## Settings',
    table(['setting', 'value', 'why'], sourceSettings(feed)),
    ...Object.entries(feed.tables).flatMap(([name, captured]) => tableSection(feed, name, captured)),
    ...(hasTable(feed)
      ? [
          '## When a table changes',
          `${sentence(driftInWords(feed))} Tell us first: each difference that you did not tell us of rings an alarm.`,
        ]
      : []),
    '## When something is wrong',
    table(
      ['code', 'meaning', 'what to do'],
      feedFaults(feed)
        .filter(fault => fault.scope !== 'lane')
        .map(fault => [code(fault.code), fault.meaning, fault.remedy]),
    ),
  ]);
}

const patience = ({ stream, retry }: CdcFeed): string =>
  !isReported(stream)
    ? 'Records that we cannot process yet come again some times. After that they are stored apart, complete, and delivered later.'
    : `Records that we cannot process yet wait there for ${duration(retry.recordAgeSecondsMax)}. After that they are stored apart, complete, and delivered later.`;

const tableSection = (feed: CdcFeed, name: string, captured: Captured): string[] => [
  `## ${captured.kind === 'outbox' ? 'Outbox' : 'Table'} ${code(name)}`,
  ...(captured.kind === 'outbox' ? outboxColumns(feed, captured) : tableColumns(feed, captured)),
  '### What becomes of a change',
  table(['change', 'becomes'], changeRows(feed, captured)),
  ...(captured.kind === 'table' && captured.skip.length > 0
    ? [`Skipped by rule: ${captured.skip.map(({ reason }) => reason).join(' ')}`]
    : []),
  ...(captured.kind === 'table' && captured.probe ? probeSection(captured.probe) : []),
];

/** The row that shows how the connector is set. */
const probeSection = (probe: NonNullable<CapturedTable['probe']>): string[] => [
  '### Probe row',
  'Keep a row with these values in the table, and write it again (change any value and change it back) after each change of the connector or the table. It makes no event. If we read other values, the connector is set otherwise than agreed, and an alarm rings.',
  table(
    ['column', 'value'],
    Object.entries(probe).map(([name, value]) => [code(name), code(String(value))]),
  ),
];

function tableColumns(feed: CdcFeed, captured: CapturedTable): string[] {
  const rows = Object.entries(captured.columns).map(([name, { type, read, unavailable }]) => [
    code(name),
    typeInWords(type),
    read.form,
    [
      ...(captured.key.includes(name) ? ['key'] : []),
      ...tenantNote(feed, name),
      ...(read.optional ? ['may be empty'] : []),
      ...(read.pii ? ['personal'] : []),
      ...(unavailable === 'omit' ? ['may be missing from the log while unchanged'] : []),
    ].join(', '),
  ]);
  return [
    table(['column', 'type', 'what it holds', ''], rows),
    captured.ignore.length > 0
      ? `Captured and ignored: ${captured.ignore.map(code).join(', ')}.`
      : 'No other column is agreed.',
  ];
}

function outboxColumns(feed: CdcFeed, captured: CapturedOutbox): string[] {
  const { id, aggregateType, aggregateId, type, payload } = captured.columns;
  const rows = [
    [id, 'identifies the row, and so its event', 'key'],
    [aggregateType, 'the type of the aggregate that the event is about', ''],
    [
      aggregateId,
      `the id of that aggregate; it must be the one in the payload${joined(captured)}. Rows of one aggregate keep their order`,
      '',
    ],
    [type, 'the type of the event, see below', ''],
    [payload, 'the event’s data as JSON, as the catalogue shows it', ''],
    ...Object.entries(captured.more).map(([name, more]) => [
      name,
      typeInWords(more),
      tenantNote(feed, name).join(''),
    ]),
  ];
  return [
    table(
      ['column', 'what it holds', ''],
      rows.map(([name = '', ...rest]) => [code(name), ...rest]),
    ),
  ];
}

/** How an event with several identifying properties names its aggregate. */
const joined = ({ events }: CapturedOutbox): string =>
  Object.values(events).some(event => event.aggregateId.length > 1)
    ? `: the event’s ${code('subject')} as the catalogue defines it`
    : '';

const tenantNote = ({ tenant }: CdcFeed, column: string): string[] =>
  'from' in tenant && tenant.from === column ? [`tenant: ${tenant.allowed.map(code).join(' or ')}`] : [];
