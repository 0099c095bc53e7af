import { parseArgs } from 'node:util';
import { type FaultCode, faultKinds } from '#shared/contract/fault.ts';
import { instant } from './read-instant.ts';

/** The command line of an operator. */
export interface RedeliverCall {
  readonly feed: string;
  /** Of the deployed feed; without it, the feed of the local cloud is meant. */
  readonly stage: string | undefined;
  /** Whether to deliver; else the command shows a preview. */
  readonly go: boolean;
  /** Reprocesses quarantined changes, instead of redelivering undelivered batches. */
  readonly quarantined?: ChangeFilter | undefined;
}

/** Which quarantined changes: of one code, that arrived from a time on, or before a time (ISO 8601 UTC). Undefined parts match all. */
export interface ChangeFilter {
  readonly code: FaultCode | undefined;
  readonly from: string | undefined;
  readonly to: string | undefined;
}

/** The form of the command. */
export const usage = `usage: npm run redeliver -- <feed> [--stage <stage>] [--go] [--quarantined [--code <code>] [--from <ISO 8601>] [--to <ISO 8601>]]
Delivers the undelivered records of a feed again. With --quarantined it reprocesses quarantined changes instead.
It shows what it would do. Only with --go it does it.
For example: npm run redeliver -- crm-customers --quarantined --code UNKNOWN_CODE`;

const options = {
  stage: { type: 'string' },
  go: { type: 'boolean', default: false },
  quarantined: { type: 'boolean', default: false },
  code: { type: 'string' },
  from: { type: 'string' },
  to: { type: 'string' },
} as const;

/** @throws Error that shows the form of the command, for an unknown option or anything but one feed. */
export function readCall(args: readonly string[]): RedeliverCall {
  const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true });
  const { stage, go, quarantined, ...filter } = values;
  const [feed, ...others] = positionals;
  if (!feed || others.length > 0 || stage === '') throw new Error(usage);
  if (quarantined) return { feed, stage, go, quarantined: filterOf(filter) };
  if (Object.keys(filter).length > 0) throw new Error(usage);
  return { feed, stage, go };
}

function filterOf({ code, from, to }: Partial<Record<keyof ChangeFilter, string>>): ChangeFilter {
  if (code !== undefined && !Object.hasOwn(faultKinds, code))
    throw new Error(`${code} is not a fault code; the feed’s runbook lists them`);
  const filter = {
    code: code as FaultCode | undefined,
    from: from === undefined ? undefined : instant('--from', from),
    to: to === undefined ? undefined : instant('--to', to),
  };
  if (filter.from && filter.to && filter.from >= filter.to) throw new Error('--from must be before --to');
  return filter;
}
