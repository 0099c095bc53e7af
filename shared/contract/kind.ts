/** The kinds of integration. */
export type Kind = 'file-lane' | 'webhook-fence' | 'cdc-feed';
