import type { IssueLine } from '#operate/core/shapes/issues.ts';
import { wrapped } from '../wrap.ts';
import type { Command } from './command.ts';

export const issue: Command = {
  summary: 'One issue, and what to do about it',
  takes: ['integration', 'code'],
  options: {},
  examples: ['npm run edge -- issue stripe-payments SIGNATURE_MISMATCH'],
  async run(api, { given: [integration = '', code = ''] }) {
    const found = await api.ask('readIssue', { integration, code });
    return { json: found, text: issueText(found), needsAttention: found.state === 'open' };
  },
};

export function issueText(found: IssueLine): string {
  const { integration, code, state, meaning, remedy, count, example } = found;
  return [
    `${integration} ${code}: ${state}`,
    ...wrapped(`${meaning.slice(0, 1).toUpperCase()}${meaning.slice(1)}.`),
    '',
    `count         ${count} since ${minute(found.openedAt)}`,
    `first seen    ${minute(found.firstSeen)}`,
    `last seen     ${minute(found.lastSeen)}`,
    `example       ${example.unit}${example.place === null ? '' : ` (${example.place})`}`,
    ...(found.reopened > 0 ? [`reopened      ${found.reopened} times`] : []),
    ...(found.acknowledged
      ? [`acknowledged  ${minute(found.acknowledged.at)} by ${found.acknowledged.by}`]
      : []),
    ...(found.resolved ? [`resolved      ${minute(found.resolved.at)} by ${found.resolved.by}`] : []),
    '',
    ...wrapped(`What to do: ${remedy}`),
  ].join('\n');
}

const minute = (at: string): string => at.slice(0, 16).replace('T', ' ');
