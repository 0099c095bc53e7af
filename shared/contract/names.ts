import { ContractError } from './options.ts';

/** The verbs an event may end in, by category: what happened, what a process decided, what the suite itself did. */
export const verbs = {
  fact: ['created', 'updated', 'deleted', 'published', 'confirmed', 'failed'],
  process: ['requested', 'approved', 'rejected', 'cancelled', 'completed'],
  operational: ['settled', 'quarantined', 'overdue', 'drift-detected', 'stopped'],
} as const;

export type Category = keyof typeof verbs;

const word = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;

/** Lower-case words joined by hyphens, so that a name fits topics, ARNs, file names and headers alike. */
export function checkWord(where: string, name: string): void {
  if (!word.test(name))
    throw new ContractError(
      `${where}: "${name}" must be lower-case words joined by hyphens, e.g. "order-line"`,
    );
}

/** @throws ContractError when the verb does not belong to the category. */
export function checkVerb(where: string, category: Category, verb: string): void {
  const allowed: readonly string[] = verbs[category];
  if (allowed.includes(verb)) return;
  const home = (Object.keys(verbs) as Category[]).find(other =>
    (verbs[other] as readonly string[]).includes(verb),
  );
  const hint = home ? `"${verb}" is a ${home} verb` : `the ${category} verbs are ${allowed.join(', ')}`;
  throw new ContractError(`${where}: a ${category} event may not be named "${verb}"; ${hint}`);
}
