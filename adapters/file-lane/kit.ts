/** What the author of a file lane imports, and all of it: `#kit/file-lane`. */

export { emit } from '#shared/contract/emission.ts';
export * from '#shared/core/mapping/author-kit.ts';
export { defineFileLane } from './contract/define-file-lane.ts';
