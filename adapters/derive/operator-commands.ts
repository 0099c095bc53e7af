import type { Kind } from '#shared/contract/kind.ts';
import { table } from '#shared/derive/markdown.ts';
import type { Integration } from '../integration.ts';

const issues = ['issues', 'every fault that was met, with its count'] as const;
const quarantine = ['quarantine', 'what is quarantined, and why'] as const;
const deadLetters = ['dlq', 'its dead letters, and why each is there'] as const;
const redrive = ['plan redrive', 'how many dead letters would go back; then how to do it'] as const;

/** What shows the state of an integration of each kind: commands of `npm run edge`. */
const commands: Readonly<Record<Kind, readonly (readonly [string, string])[]>> = {
  'file-lane': [issues, ['files', 'its files, the newest first'], quarantine, deadLetters, redrive],
  'webhook-fence': [issues, ['rejects', 'rejected requests'], quarantine, deadLetters, redrive],
  'cdc-feed': [issues, ['undelivered', 'undelivered batches'], quarantine],
};

/** The commands that show what is stuck, for a runbook. */
export const operatorCommands = ({ kind, id }: Pick<Integration, 'kind' | 'id'>): string[] => [
  '## See what is stuck',
  'These commands ask a deployed stage. Without `--stage` they ask the local cloud.',
  table(
    ['run', 'it shows'],
    commands[kind].map(([command, shows]) => [`\`npm run edge -- ${command} ${id} --stage prod\``, shows]),
  ),
];
