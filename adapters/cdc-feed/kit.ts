/** What the author of a CDC feed imports, and all of it: `#kit/cdc-feed`. */
export * from '#shared/core/mapping/author-kit.ts';
/** The types of a database's columns: `is.decimal({ scale: 2 })`. */
export * as is from './contract/cdc-source.ts';
export { outbox, table } from './contract/cdc-table.ts';
export { defineCdcFeed } from './contract/define-cdc-feed.ts';
