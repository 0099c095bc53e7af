import { hash } from 'node:crypto';

/** Claim that says: a delivery about this item of the provider was accepted. Begins with the integration. */
export const listedKey = (integration: string, id: string): string =>
  `${integration}#listed#${hash('sha256', id)}`;
