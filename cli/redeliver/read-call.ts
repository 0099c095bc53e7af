import { parseArgs } from 'node:util';

/** The command line of an operator. */
export interface RedeliverCall {
  readonly feed: string;
  /** Of the deployed feed; without it, the feed of the local cloud is meant. */
  readonly stage: string | undefined;
  /** Whether to deliver; else the command shows a preview. */
  readonly go: boolean;
}

/** The form of the command. */
export const usage = `usage: npm run redeliver -- <feed> [--stage <stage>] [--go]
Delivers the undelivered records of a feed again. It shows what it would do. Only with --go it does it.
For example: npm run redeliver -- crm-customers`;

const options = {
  stage: { type: 'string' },
  go: { type: 'boolean', default: false },
} as const;

/** @throws Error that shows the form of the command, for an unknown option or anything but one feed. */
export function readCall(args: readonly string[]): RedeliverCall {
  const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true });
  const { stage, go } = values;
  const [feed, ...others] = positionals;
  if (!feed || others.length > 0 || stage === '') throw new Error(usage);
  return { feed, stage, go };
}
