import { holds, type RequestContext } from './condition.ts';
import type { Statement } from './statement.ts';
import { matchesAction, matchesPattern } from './wildcard.ts';

/** One thing that a request asks to do. */
export interface Call {
  /** `service:Action`. */
  readonly action: string;
  /** ARN; `*` where the action knows no resource. */
  readonly resource: string;
  readonly context?: RequestContext;
}

export type Decision = 'allowed' | 'denied-explicitly' | 'denied-implicitly';

/** A `Deny` that applies wins over any `Allow`; what no statement allows is denied. */
export function decide(statements: readonly Statement[], call: Call): Decision {
  const applying = statements.filter(statement => applies(statement, call));
  if (applying.some(({ effect }) => effect === 'Deny')) return 'denied-explicitly';
  return applying.length > 0 ? 'allowed' : 'denied-implicitly';
}

const applies = (
  { actions, resources, conditions }: Statement,
  { action, resource, context }: Call,
): boolean =>
  actions.some(pattern => matchesAction(pattern, action)) &&
  resources.some(pattern => matchesPattern(pattern, resource)) &&
  conditions.every(condition => holds(condition, context ?? {}));
