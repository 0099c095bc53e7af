import type { EventContract } from '../contract/define-event.ts';
import type { FileLane } from '../contract/define-file-lane.ts';
import { eventSchema, releasedName } from './event-schema.ts';
import { code, derivedFrom, list, page, table } from './markdown.ts';
import { fieldsOf } from './schema-fields.ts';

/** An event's page of the catalogue, in Markdown, with the lanes that publish it. */
export function renderEventPage(event: EventContract, lanes: readonly FileLane[]): string {
  return page([
    derivedFrom(`events/${event.domain}/${event.aggregate}-${event.name}.v${event.version}.ts`),
    `# ${event.type}`,
    event.summary,
    table(['', ''], facts(event, lanes)),
    '## Data',
    table(
      ['field', 'type', 'required', 'personal'],
      fieldsOf(eventSchema(event)).map(({ path, type, required, pii }) => [
        code(path),
        type,
        required ? 'yes' : 'no',
        pii ?? '',
      ]),
    ),
    '## Example',
    ['```json', JSON.stringify(event.example, null, 2), '```'].join('\n'),
    '## Evolution',
    `Version ${event.version} only ever gains optional or nullable fields; consumers let unknown fields pass. Anything else is a new version beside this one. Released schema: [${releasedName(event)}](../../events/released/${releasedName(event)}).`,
  ]);
}

const facts = (event: EventContract, lanes: readonly FileLane[]): string[][] => [
  ['Kind', event.category],
  ['Owner', event.owner],
  ['SLA', `on the bus within ${event.sla.publishedWithinSeconds} s of arrival at the edge`],
  [
    'Replay',
    event.retention.archiveDays > 0
      ? `${event.retention.archiveDays} days from the bus archive`
      : 'not archived',
  ],
  ['Source', code(event.domain)],
  ['Subject', `${event.aggregate} ${event.aggregateId.map(code).join(' / ')}`],
  ['Personal data', event.pii.length > 0 ? event.pii.map(code).join(', ') : 'none'],
  ['Published by', producersOf(event, lanes)],
];

/** Operational events come from the suite itself, on behalf of every lane. */
function producersOf(event: EventContract, lanes: readonly FileLane[]): string {
  if (event.category === 'operational') return 'every integration';
  const producers = lanes.filter(lane => lane.events.some(one => one.type === event.type));
  return producers.map(lane => `[${lane.id}](../runbooks/${lane.id}.md)`).join(', ') || 'nobody yet';
}

/** The first page: every event and every integration, and how to receive. */
export function renderCatalogueIndex(events: readonly EventContract[], lanes: readonly FileLane[]): string {
  return page([
    derivedFrom('events/ and integrations/'),
    '# Catalogue',
    'Every event is a CloudEvent 1.0 in the `detail` of an EventBridge event; `detail-type` is its type, `source` its domain.',
    '## Events',
    table(
      ['event', 'what it says', 'owner', 'SLA', 'published by'],
      events.map(event => [
        `[${event.type}](${event.type}.md)`,
        event.summary,
        event.owner,
        `${event.sla.publishedWithinSeconds} s`,
        producersOf(event, lanes),
      ]),
    ),
    '## Integrations',
    table(
      ['integration', 'partner', 'purpose', 'owner', 'for operators', 'for the partner'],
      lanes.map(lane => [
        code(lane.id),
        lane.partner.name,
        lane.purpose,
        lane.owner.team,
        `[runbook](../runbooks/${lane.id}.md)`,
        `[guide](../partners/${lane.id}.md)`,
      ]),
    ),
    '## Receiving',
    list([
      'Write a rule on the bus for the `detail-type` that you want; add `detail.tenantid` to receive one tenant alone.',
      'Delivery is at least once: keep the `id` of what you have done, and leave what you have seen.',
      'Order is not promised: compare `sequence` within one `subject`, and drop what is older than what you hold.',
    ]),
  ]);
}
