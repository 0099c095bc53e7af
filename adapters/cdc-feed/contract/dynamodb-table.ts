/** The table whose stream it is. */
export const tableOfArn = (arn: string): string | undefined => /:table\/([^/]+)/.exec(arn)?.[1];

/**
 * Whether a table of this name is the contract's. An account can have only one table of a name, so each stage may add a suffix, and a company
 * a prefix: `loyalty-prod` and `acme-loyalty-prod` are the contract's `loyalty`.
 */
export const isTable = (name: string, table: string): boolean => `-${name}-`.includes(`-${table}-`);
