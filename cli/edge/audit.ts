import { dayAfter, dayOf } from '#operate/core/audit/days.ts';
import type { Finding } from '#operate/core/audit/finding.ts';
import { type CheckedDay, dayLines } from '../audit/day-lines.ts';
import type { Command } from './command.ts';
import { Failure } from './failure.ts';
import type { OperatorApi } from './operator-api.ts';

export const audit: Command = {
  summary: 'Verify the audit trail: was anything edited, moved or removed?',
  takes: ['verify'],
  options: {
    from: { value: '<day>', meaning: 'the first day, as 2026-11-28 (default: yesterday)' },
    to: { value: '<day>', meaning: 'the last day (default: today)' },
  },
  examples: [
    'npm run edge -- audit verify',
    'npm run edge -- audit verify --from 2026-11-01 --to 2026-11-27 --stage prod',
  ],
  async run(api, { given: [action], options }) {
    if (action !== 'verify') throw new Failure(`There is no "audit ${action}". Write "audit verify".`, 2);
    const today = dayOf(Date.now());
    const { from = dayAfter(today, -1), to = today } = options;
    const days: CheckedDay[] = [];
    for (const day of daysBetween(from, to)) days.push(await verify(api, day));
    const needsAttention = days.some(({ findings }) => findings.length > 0);
    return { json: { days }, text: dayLines(days), needsAttention };
  },
};

/** A year is 365 requests and more. */
const daysMax = 400;

function daysBetween(from: string, to: string): readonly string[] {
  for (const day of [from, to])
    if (!/^\d{4}-\d\d-\d\d$/.test(day) || Number.isNaN(Date.parse(day)))
      throw new Failure(`"${day}" is no day. Write it as 2026-11-28.`, 2);
  const days: string[] = [];
  for (let day = from; day <= to; day = dayAfter(day)) {
    if (days.length === daysMax) throw new Failure(`Verify at most ${daysMax} days at once.`, 2);
    days.push(day);
  }
  if (days.length === 0) throw new Failure(`${from} is after ${to}.`, 2);
  return days;
}

async function verify(api: OperatorApi, day: string): Promise<CheckedDay> {
  const findings: Finding[] = [];
  let objects = 0;
  let cursor: string | undefined;
  for (;;) {
    const page = await api.ask('verifyAudit', { day, ...(cursor !== undefined && { cursor }) });
    findings.push(...page.findings);
    objects += page.objects;
    if (page.next === null) return { day, sealed: page.sealed, objects, findings };
    cursor = page.next;
  }
}
