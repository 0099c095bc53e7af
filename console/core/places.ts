import { hrefOf } from './route.ts';

/** Addresses of what the page shows, so that every name can be a link. */
export const integrationHref = (id: string): string => hrefOf(['integrations', id]);
export const issueHref = (integration: string, code: string): string => hrefOf(['issues', integration, code]);
export const fileHref = (id: string): string => hrefOf(['files', id]);
export const planHref = (id: string): string => hrefOf(['plans', id]);
export const eventHref = (id: string, publishedAt: string): string =>
  hrefOf(['events', id], { at: publishedAt });
export const newPlanHref = (query: Readonly<Record<string, string | undefined>>): string =>
  hrefOf(['plans', 'new'], query);
export const quarantineHref = (integration: string, query: Readonly<Record<string, string>> = {}): string =>
  hrefOf(['quarantine', integration], query);

export const sheetHref = (id: string): string => hrefOf(['sheets', id]);

/** Ids of hand-offs are the integration, a dot, and a hash. */
export const isHandoff = (id: string): boolean => /^[a-z0-9-]+\.[0-9a-f]{40}$/.test(id);
