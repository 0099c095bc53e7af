import type { EventContract } from '#shared/contract/define-event.ts';
import { eventSchema, releasedName } from '#shared/derive/event-schema.ts';
import { code, derivedFrom, list, page, table } from '#shared/derive/markdown.ts';
import { fieldsOf } from '#shared/derive/schema-fields.ts';
import type { Integration } from '../integration.ts';
import { derivations, derive } from './derivations.ts';
import { batchedTypes, publishedForm } from './published-form.ts';

/** An event's page in the catalogue, with the integrations that publish it. */
export function renderEventPage(event: EventContract, integrations: readonly Integration[]): string {
  return page([
    derivedFrom(`events/${event.domain}/${event.aggregate}-${event.name}.v${event.version}.ts`),
    `# ${event.type}`,
    event.summary,
    table(['', ''], facts(event, integrations)),
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
    `Version ${event.version} can only gain optional or nullable fields, so consumers must ignore unknown fields. Any other change is published as a new version next to this one. Released schema: [${releasedName(event)}](../../events/released/${releasedName(event)}).`,
  ]);
}

const facts = (event: EventContract, integrations: readonly Integration[]): string[][] => [
  ['Kind', event.category],
  ['Owner', event.owner],
  ['SLA', `on the bus within ${event.sla.publishedWithinSeconds} s after arrival at the edge`],
  [
    'Replay',
    event.retention.archiveDays > 0
      ? `${event.retention.archiveDays} days from the bus archive`
      : 'not archived',
  ],
  ['Form', formInWords(event, integrations)],
  ['Source', code(event.domain)],
  ['Subject', subject(event)],
  ['Personal data', event.pii.length > 0 ? event.pii.map(code).join(', ') : 'none'],
  ['Published by', producersOf(event, integrations)],
];

const formInWords = (event: EventContract, integrations: readonly Integration[]): string =>
  batchedTypes(integrations).has(event.type)
    ? 'alone, or many in one entry of the bus: [unpack them](../guides/consume-events.md#batches)'
    : 'alone in an entry of the bus';

/** How `subject` and `aggregateid` are made from the data. */
const subject = ({ aggregate, aggregateId }: EventContract): string =>
  aggregateId.length === 1
    ? `${aggregate} ${aggregateId.map(code).join()}`
    : `${aggregate} ${aggregateId.map(code).join(' / ')}, joined by ${code('/')}. Within each, ${code('%')} is written as ${code('%25')} and ${code('/')} as ${code('%2F')}`;

/** The suite itself publishes operational events for every integration of a kind. */
const operational: Readonly<Record<string, string>> = Object.assign(
  {},
  ...Object.values(derivations).map(kind => kind.operational),
);

function producersOf(event: EventContract, integrations: readonly Integration[]): string {
  const own = operational[event.type];
  if (own) return own;
  const producers = integrations.filter(one =>
    derive(one)
      .events(one)
      .some(({ type }) => type === event.type),
  );
  const words = producers.map(
    one =>
      `[${one.id}](../runbooks/${one.id}.md)${publishedForm(one, event) === 'batch' ? ' (in batches)' : ''}`,
  );
  return words.join(', ') || 'nobody yet';
}

/** The first page: every event, every integration, and how to receive events. */
export function renderCatalogueIndex(
  events: readonly EventContract[],
  integrations: readonly Integration[],
): string {
  return page([
    derivedFrom('events/ and integrations/'),
    '# Catalogue',
    'Every event is a CloudEvent 1.0 in the `detail` of an EventBridge event. `detail-type` is its type, `source` is its domain. Where an integration publishes in batches, one `detail` contains many events of one type and tenant: [unpack them](../guides/consume-events.md#batches). For tools: [asyncapi.json](asyncapi.json).',
    '## Events',
    table(
      ['event', 'what it says', 'owner', 'SLA', 'published by'],
      events.map(event => [
        `[${event.type}](${event.type}.md)`,
        event.summary,
        event.owner,
        `${event.sla.publishedWithinSeconds} s`,
        producersOf(event, integrations),
      ]),
    ),
    '## Integrations',
    table(
      ['integration', 'kind', 'partner', 'purpose', 'owner', 'for operators', 'for the partner'],
      integrations.map(({ id, kind, partner, purpose, owner }) => [
        code(id),
        derivations[kind].name,
        partner.name,
        purpose,
        owner.team,
        `[runbook](../runbooks/${id}.md)`,
        `[guide](../partners/${id}.md)`,
      ]),
    ),
    '## Receiving',
    list([
      'Write a rule on the bus for the `detail-type` that you want. Add `detail.tenantid` to receive one tenant only.',
      'Events are delivered at least once: store the `id` of each event that you processed, and ignore repeats.',
      'Events can arrive in any order: compare `sequence` within one `subject`, and ignore events older than the one you have.',
    ]),
  ]);
}
