import { parseArgs } from 'node:util';
import type { ReleaseOrder } from '#adapters/webhook-fence/core/webhook/release-order.ts';

/** What an operator asked for on the command line. */
export interface ReleaseCommand {
  readonly fence: string;
  /** Name of the release function in AWS; without it, the local cloud is used. */
  readonly functionName: string | undefined;
  readonly order: ReleaseOrder;
}

/** How to call the command. */
export const usage = `usage: npm run release -- <fence> --from <ISO 8601> --to <ISO 8601> --operator <who> --reason '<why>' [--stale] [--go] [--function <name in AWS>]
Verifies refused requests of that time again, for example after you corrected the fence's secret, and processes those that pass.
It shows what it would do. Only with --go it does it. With --stale, requests whose only fault is the time of their signature pass too.
For example: npm run release -- github-releases --from 2026-11-20T08:00Z --to 2026-11-20T12:00Z --operator ada --reason 'wrong secret'`;

const options = {
  from: { type: 'string' },
  to: { type: 'string' },
  operator: { type: 'string' },
  reason: { type: 'string' },
  function: { type: 'string' },
  stale: { type: 'boolean', default: false },
  go: { type: 'boolean', default: false },
} as const;

/** @throws Error that says how to call the command: an unknown or missing option, or a span that ends before it begins. */
export function readOrder(args: readonly string[]): ReleaseCommand {
  const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true });
  const [fence, ...others] = positionals;
  const { from, to, operator, reason, stale, go } = values;
  if (!fence || others.length > 0 || !from || !to || !operator || !reason) throw new Error(usage);
  const span = { from: instant('--from', from), to: instant('--to', to) };
  const order = { ...span, dryRun: !go, operator, reason, stale };
  if (order.from >= order.to) throw new Error('--from must be before --to');
  return { fence, functionName: values.function, order };
}

/** With its zone, so that the span is the same for whoever reads the record of the release. @throws Error that names the option. */
export function instant(option: string, text: string): string {
  const isComplete = /^\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:\d\d)$/.test(text);
  if (!isComplete || Number.isNaN(Date.parse(text)))
    throw new Error(`${option} must be a time with its zone, such as 2026-11-20T08:00Z`);
  return new Date(text).toISOString();
}
