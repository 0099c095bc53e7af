import { parseArgs } from 'node:util';

/** What an operator asked for on the command line. */
export interface Asked {
  readonly feed: string;
  /** Of the deployed feed; without it the local cloud is asked. */
  readonly stage: string | undefined;
  /** Whether to deliver; else it is only shown what would be. */
  readonly go: boolean;
}

/** How the command is called. */
export const usage = 'usage: npm run redeliver -- <feed> [--stage <stage>] [--go]';

const options = {
  stage: { type: 'string' },
  go: { type: 'boolean', default: false },
} as const;

/** @throws Error that says how to ask, for an unknown option or anything but one feed. */
export function readCall(args: readonly string[]): Asked {
  const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true });
  const [feed, ...others] = positionals;
  if (!feed || others.length > 0 || values.stage === '') throw new Error(usage);
  return { feed, stage: values.stage, go: values.go };
}
