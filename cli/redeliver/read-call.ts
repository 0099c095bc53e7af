import { parseArgs } from 'node:util';
import { type FaultCode, faultKinds } from '#shared/contract/fault.ts';
import { instant } from '../release/read-order.ts';

/** What an operator asked for on the command line. */
export interface Asked {
  readonly feed: string;
  /** Of the deployed feed; without it the local cloud is asked. */
  readonly stage: string | undefined;
  /** Whether to deliver; else it is only shown what would be. */
  readonly go: boolean;
  /** Changes that were put aside, instead of batches that were given up. */
  readonly quarantined?: Wanted | undefined;
}

/** Which quarantined changes: all, or of one code, or those that arrived from a time on, or before one (ISO 8601 UTC). */
export interface Wanted {
  readonly code: FaultCode | undefined;
  readonly from: string | undefined;
  readonly to: string | undefined;
}

/** How the command is called. */
export const usage =
  'usage: npm run redeliver -- <feed> [--stage <stage>] [--go] [--quarantined [--code <code>] [--from <ISO 8601>] [--to <ISO 8601>]]';

const options = {
  stage: { type: 'string' },
  go: { type: 'boolean', default: false },
  quarantined: { type: 'boolean', default: false },
  code: { type: 'string' },
  from: { type: 'string' },
  to: { type: 'string' },
} as const;

/** @throws Error that says how to ask, for an unknown option or anything but one feed. */
export function readCall(args: readonly string[]): Asked {
  const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true });
  const { stage, go, quarantined, ...wanted } = values;
  const [feed, ...others] = positionals;
  if (!feed || others.length > 0 || stage === '') throw new Error(usage);
  if (quarantined) return { feed, stage, go, quarantined: wantedOf(wanted) };
  if (Object.keys(wanted).length > 0) throw new Error(usage);
  return { feed, stage, go };
}

function wantedOf({ code, from, to }: Partial<Record<keyof Wanted, string>>): Wanted {
  if (code !== undefined && !Object.hasOwn(faultKinds, code))
    throw new Error(`${code} is no fault code; the runbook of the feed has them all`);
  const wanted = {
    code: code as FaultCode | undefined,
    from: from === undefined ? undefined : instant('--from', from),
    to: to === undefined ? undefined : instant('--to', to),
  };
  if (wanted.from && wanted.to && wanted.from >= wanted.to) throw new Error('--from must be before --to');
  return wanted;
}
