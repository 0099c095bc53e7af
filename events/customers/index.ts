/** Every event of the domain, for files that import several. */
export { consentUpdated } from './consent-updated.v1.ts';
export { customerCreated } from './customer-created.v1.ts';
export { customerDeleted } from './customer-deleted.v1.ts';
export { customerUpdated } from './customer-updated.v1.ts';
export { mergeCompleted } from './merge-completed.v1.ts';
