/** What functions log of the registry of integrations; an alarm looks for it. */
export const registryLines = {
  notRead: 'registry not read',
} as const;
