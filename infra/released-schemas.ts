import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { EventContract } from '#shared/contract/define-event.ts';
import { breakingChanges } from '#shared/derive/breaking-changes.ts';
import { eventSchema, releasedName, releasedText } from '#shared/derive/event-schema.ts';

/** How an event's schema compares with the released one, on which its consumers rely. */
export type ReleaseState =
  | { readonly kind: 'released' }
  | { readonly kind: 'new' }
  /** Only optional or nullable properties were added. */
  | { readonly kind: 'extended' }
  /** `changes`: where, and what can break a consumer. */
  | { readonly kind: 'broken'; readonly changes: readonly string[] };

/** The file of an event's released schema. */
export const releasedPath = (event: EventContract, root: string): string =>
  join(root, 'events', 'released', releasedName(event));

export function releaseStateOf(event: EventContract, root = process.cwd()): ReleaseState {
  const path = releasedPath(event, root);
  if (!existsSync(path)) return { kind: 'new' };
  const released = readFileSync(path, 'utf8');
  if (released === releasedText(event)) return { kind: 'released' };
  const changes = breakingChanges(JSON.parse(released), eventSchema(event));
  return changes.length > 0 ? { kind: 'broken', changes } : { kind: 'extended' };
}

/** @throws Error that names every event whose schema is not the released one, and what to do. */
export function requireReleased(events: readonly EventContract[], root = process.cwd()): void {
  const problems = events.flatMap(event => problemOf(event, releaseStateOf(event, root)));
  if (problems.length > 0)
    throw new Error(`events differ from their released schemas:\n${problems.join('\n')}`);
}

function problemOf({ type }: EventContract, state: ReleaseState): string[] {
  switch (state.kind) {
    case 'released':
      return [];
    case 'broken':
      return [
        `  ${type} breaks its consumers, so it needs a new version in a new file: ${state.changes.join('; ')}`,
      ];
    default:
      return [`  ${type} is ${state.kind}. Run: npm run release-schemas`];
  }
}
