/** The kinds of integration. */
export const kinds = ['file-lane', 'webhook-fence', 'cdc-feed'] as const;

export type Kind = (typeof kinds)[number];
