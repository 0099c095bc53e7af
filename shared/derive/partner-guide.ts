import { renderFenceGuide } from './fence-guide.ts';
import type { Integration } from './integration.ts';
import { renderLaneGuide } from './lane-guide.ts';
import { renderSourceGuide } from './source-guide.ts';

/** What whoever sends must know, in Markdown: a partner's files or requests, or a database's changes. */
export function renderPartnerGuide(integration: Integration): string {
  switch (integration.kind) {
    case 'file-lane':
      return renderLaneGuide(integration);
    case 'webhook-fence':
      return renderFenceGuide(integration);
    case 'cdc-feed':
      return renderSourceGuide(integration);
  }
}
