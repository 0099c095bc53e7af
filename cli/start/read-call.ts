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
  /** The seed of what goes wrong on purpose; undefined where nothing does. */
  readonly chaos: string | undefined;
}

/** @throws Error that says what there is, when an option or an integration is not known. */
export function readCall(args: readonly string[], root = 'integrations'): StartCall {
  const { values, positionals } = parsed(args);
  const { chaos, ...rest } = values;
  const known = readdirSync(root).filter(id => existsSync(join(root, id, 'contract.ts')));
  for (const id of positionals)
    if (!known.includes(id))
      throw new Error(`There is no integration "${id}". There are:\n  ${known.join('\n  ')}`);
  return {
    ...rest,
    only: positionals.length > 0 ? positionals : undefined,
    chaos: chaos === '' ? freshSeed() : chaos,
  };
}

/** Short enough to be typed again. */
const freshSeed = (): string => String(Date.now() % 1_000_000);

const options = {
  once: { type: 'boolean', default: false },
  verbose: { type: 'boolean', default: false },
  keep: { type: 'boolean', default: false },
  chaos: { type: 'string' },
} as const;

function parsed(args: readonly string[]) {
  try {
    // The seed may be left out.
    const given = args.map(arg => (arg === '--chaos' ? '--chaos=' : arg));
    return parseArgs({ args: given, allowPositionals: true, options });
  } catch (cause) {
    throw new Error(
      'usage: npm start [-- <integration> ...] [--once] [--verbose] [--keep] [--chaos[=seed]]',
      { cause },
    );
  }
}
