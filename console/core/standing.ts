import type { IntegrationState } from '#operate/core/shapes/integrations.ts';

/** How an integration stands, in one word. */
export type Standing =
  | 'healthy'
  | 'has issues'
  | 'behind'
  | 'silent'
  | 'disabled'
  | 'failing'
  | 'not deployed';

/** Work that waits longer is behind. */
const behindMilliseconds = 15 * 60_000;

export function standingOf(of: IntegrationState, now: number): Standing {
  if (of.state === 'not-deployed') return 'not deployed';
  if ((of.deadLetters ?? 0) > 0 || (of.undelivered?.count ?? 0) > 0 || of.books?.balanced === false)
    return 'failing';
  // What waits meanwhile is neither late nor stuck.
  if (of.state === 'disabled') return 'disabled';
  if ((of.schedule?.overdue.length ?? 0) > 0) return 'silent';
  const oldest = of.unsettled?.oldestAt;
  if (oldest && now - Date.parse(oldest) > behindMilliseconds) return 'behind';
  return of.state === 'attention' ? 'has issues' : 'healthy';
}

/** What needs people first. */
const order: readonly Standing[] = [
  'failing',
  'disabled',
  'silent',
  'behind',
  'has issues',
  'not deployed',
  'healthy',
];

export const byNeed = (a: Standing, b: Standing): number => order.indexOf(a) - order.indexOf(b);
