import type { EventContract } from '../contract/define-event.ts';
import type { FileLane } from '../contract/define-file-lane.ts';
import { renderCatalogueIndex, renderEventPage } from './catalogue.ts';
import { renderPartnerGuide } from './partner-guide.ts';
import { renderRunbook } from './runbook.ts';

/** Folders that hold derived pages and nothing else. */
export const docFolders = ['runbooks', 'partners', 'catalogue'] as const;

/** Every derived page, by its path under `docs/`. */
export const docsOf = (
  events: readonly EventContract[],
  lanes: readonly FileLane[],
): ReadonlyMap<string, string> =>
  new Map([
    ...lanes.map(lane => [`runbooks/${lane.id}.md`, renderRunbook(lane)] as const),
    ...lanes.map(lane => [`partners/${lane.id}.md`, renderPartnerGuide(lane)] as const),
    ...events.map(event => [`catalogue/${event.type}.md`, renderEventPage(event, lanes)] as const),
    ['catalogue/README.md', renderCatalogueIndex(events, lanes)] as const,
  ]);
