import type { Integration } from '#adapters/integration.ts';
import type { EventContract } from '#shared/contract/define-event.ts';
import { renderAsyncApi } from './async-api.ts';
import { renderCatalogueIndex, renderEventPage } from './catalogue.ts';
import { derive } from './derivations.ts';
import { renderRunbook } from './runbook.ts';

/** The folders that contain only derived pages. */
export const docFolders = ['runbooks', 'partners', 'catalogue'] as const;

/** The text of every derived page, by its path under `docs/`. */
export const docsOf = (
  events: readonly EventContract[],
  integrations: readonly Integration[],
): ReadonlyMap<string, string> =>
  new Map([
    ...integrations.map(one => [`runbooks/${one.id}.md`, renderRunbook(one)] as const),
    ...integrations.map(one => [`partners/${one.id}.md`, derive(one).senderGuide(one)] as const),
    ...events.map(event => [`catalogue/${event.type}.md`, renderEventPage(event, integrations)] as const),
    ['catalogue/README.md', renderCatalogueIndex(events, integrations)] as const,
    ['catalogue/asyncapi.json', renderAsyncApi(events, integrations)] as const,
  ]);
