import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

/** What `npm start` is asked for. */
export interface StartCall {
  /** The integrations to bring up; undefined for all. */
  readonly only: readonly string[] | undefined;
  /** Whether to end after the samples. */
  readonly once: boolean;
  readonly verbose: boolean;
  /** Whether to go on with the state of the last start, without samples. */
  readonly keep: boolean;
}

/** @throws Error that says what there is, when an option or an integration is not known. */
export function readCall(args: readonly string[], root = 'integrations'): StartCall {
  const { values, positionals } = parsed(args);
  const known = readdirSync(root).filter(id => existsSync(join(root, id, 'contract.ts')));
  for (const id of positionals)
    if (!known.includes(id))
      throw new Error(`There is no integration "${id}". There are:\n  ${known.join('\n  ')}`);
  return { only: positionals.length > 0 ? positionals : undefined, ...values };
}

const options = {
  once: { type: 'boolean', default: false },
  verbose: { type: 'boolean', default: false },
  keep: { type: 'boolean', default: false },
} as const;

function parsed(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], allowPositionals: true, options });
  } catch (cause) {
    throw new Error('usage: npm start [-- <integration> ...] [--once] [--verbose] [--keep]', { cause });
  }
}
