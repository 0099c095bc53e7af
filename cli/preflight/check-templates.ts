import type { Limit } from '#infra/templates/account-limits.ts';
import { limitsOf } from '#infra/templates/account-limits.ts';
import { physicalNames } from '#infra/templates/physical-names.ts';
import type { StackTemplate } from '#infra/templates/template.ts';
import { type Finding, ok, problem } from './finding.ts';

/** What can be known without an account: limits that nobody raises, and names that two resources would share. */
export function checkTemplates(stacks: readonly StackTemplate[]): readonly Finding[] {
  const broken = limitsOf(stacks).filter(({ used, most, adjustable }) => used > most && !adjustable);
  return [
    ...(broken.length > 0 ? broken.map(tooMuch) : [ok(`${stacks.length} stacks keep to the limits of AWS`)]),
    ...sharedNames(stacks),
  ];
}

const tooMuch = ({ what, used, most }: Limit): Finding =>
  problem(`${what}: ${used} are needed and AWS takes ${most}. Divide the integrations over two accounts.`);

function sharedNames(stacks: readonly StackTemplate[]): readonly Finding[] {
  const seen = new Map<string, string>();
  return physicalNames(stacks).flatMap(({ stack, type, name }) => {
    const other = seen.get(`${type} ${name}`);
    seen.set(`${type} ${name}`, stack);
    return other === undefined
      ? []
      : [problem(`${type} ${name} is in ${other} and in ${stack}. Give one of the integrations another id.`)];
  });
}
