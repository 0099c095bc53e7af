import { contractFieldsOf } from '#adapters/derive/contract-fields.ts';
import { derive } from '#adapters/derive/derivations.ts';
import type { Integration } from '#adapters/integration.ts';
import { type Contracts, loadSoundContracts } from '#infra/contracts.ts';
import type { EventContract } from '#shared/contract/define-event.ts';
import { eventSchema } from '#shared/derive/event-schema.ts';
import { fieldsOf } from '#shared/derive/schema-fields.ts';
import type { CatalogueInfo, EventInfo, IntegrationInfo } from './catalogue-info.ts';

let loaded: Promise<Contracts> | undefined;

/** Read once: they do not change while the console runs. */
export function contractsHere(): Promise<Contracts> {
  loaded ??= loadSoundContracts();
  return loaded;
}

/** What the contracts of this repository say. */
export async function readCatalogue(): Promise<CatalogueInfo> {
  const { events, integrations } = await contractsHere();
  return {
    events: events.map(event => eventInfo(event, integrations)),
    integrations: integrations.map(integrationInfo),
  };
}

const typesOf = (integration: Integration): string[] =>
  derive(integration)
    .events(integration)
    .map(({ type }) => type);

const eventInfo = (event: EventContract, integrations: readonly Integration[]): EventInfo => ({
  ...{ type: event.type, summary: event.summary, owner: event.owner, category: event.category },
  version: event.version,
  publishedWithinSeconds: event.sla.publishedWithinSeconds,
  archiveDays: event.retention.archiveDays,
  fields: fieldsOf(eventSchema(event)).map(({ path, type, required, pii }) => ({
    path,
    type,
    required,
    pii,
  })),
  producers: integrations.filter(one => typesOf(one).includes(event.type)).map(({ id }) => id),
  example: JSON.stringify(event.example, undefined, 2),
});

const integrationInfo = (integration: Integration): IntegrationInfo => ({
  ...{ id: integration.id, kind: integration.kind, purpose: integration.purpose },
  partner: integration.partner.name,
  owner: integration.owner.team,
  events: typesOf(integration),
  contract: Object.entries(contractFieldsOf(integration)),
});
