/** Every event of the domain, for those who import several. */
export { memberCreated } from './member-created.v1.ts';
export { memberDeleted } from './member-deleted.v1.ts';
export { memberUpdated } from './member-updated.v1.ts';
