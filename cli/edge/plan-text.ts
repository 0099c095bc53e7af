import type { PlanLine, PlanStory } from '#operate/core/shapes/plans.ts';
import { wrapped } from '../wrap.ts';

const barWidth = 30;
const indent = ' '.repeat(13);

/** One line while a plan is in work. */
export function progressLine({ state, units, done, failed, found }: PlanLine): string {
  if (state === 'counting') return `counting: ${found}`;
  const ended = done + failed;
  const filled = units === 0 ? 0 : Math.round((barWidth * ended) / units);
  const bar = '█'.repeat(filled) + '░'.repeat(barWidth - filled);
  return `${bar} ${ended} of ${units}${failed > 0 ? `, ${failed} failed` : ''}`;
}

/** A plan for people: what it does, how far it is, what failed, and what to do now. */
export const planText = (plan: PlanStory): string =>
  [
    `${plan.id}: ${plan.state}`,
    '',
    ...entry(plan.kind, whatOf(plan)),
    ...plan.samples.flatMap((sample, n) => entry(n === 0 ? 'for example' : '', sample)),
    ...(plan.repeats > 0
      ? entry('repeats', `${plan.repeats} of them are like another one, or were done before`)
      : []),
    ...entryOf('of which', countsIn(plan.parts)),
    ...entryOf('stay', countsIn(plan.left)),
    ...entry('cost', costOf(plan.dollars)),
    ...(plan.done + plan.failed > 0 ? entry('progress', progressLine(plan)) : []),
    ...(plan.note ? entry('note', plan.note) : []),
    ...plan.failures.flatMap(({ about, reason }, n) => entry(n === 0 ? 'failed' : '', `${about}: ${reason}`)),
    ...plan.history.flatMap(({ at, by, what }, n) =>
      entry(n === 0 ? 'history' : '', `${timeOf(at)} ${what} (${nameOf(by)})`),
    ),
    '',
    adviceOf(plan),
  ].join('\n');

const countsIn = (counts: Readonly<Record<string, number>>): string =>
  Object.entries(counts)
    .map(([what, count]) => `${count} ${what}`)
    .join(', ');

const entryOf = (name: string, text: string): string[] => (text === '' ? [] : entry(name, text));

function entry(name: string, text: string): string[] {
  const [first = '', ...others] = wrapped(text, indent);
  return [name.padEnd(indent.length) + first.trimStart(), ...others];
}

function whatOf({ unitNames, units, found, more, integration, filter }: PlanLine): string {
  const counted = `${units} ${units === 1 ? unitNames.one : unitNames.many} of ${integration}`;
  const total = found > units ? `, of ${found} that were found` : '';
  const chosen = Object.entries(filter).map(([name, value]) => `${name} ${value}`);
  const by = chosen.length > 0 ? ` (${chosen.join(', ')})` : '';
  return `${counted}${by}${total}${more ? '. There are more: make another plan after this one' : ''}`;
}

const costOf = (dollars: number): string =>
  dollars < 0.01 ? 'less than $0.01' : `about $${dollars.toFixed(2)}`;

const timeOf = (at: string): string => at.slice(0, 19).replace('T', ' ');

/** Of an ARN what names the caller. */
const nameOf = (arn: string): string => arn.split(':').at(-1) ?? arn;

/** What can be done, by state: in words, and by which command. */
const next: Readonly<Partial<Record<PlanStory['state'], readonly [string, string]>>> = {
  counting: ['Look again', 'jobs'],
  planned: ['Run it', 'run'],
  'awaiting-approval': ['Approve it', 'approve'],
  approved: ['Run it', 'run'],
  running: ['Look again', 'jobs'],
  paused: ['Go on', 'resume'],
};

const waiting: readonly PlanStory['state'][] = ['planned', 'awaiting-approval', 'approved'];

function adviceOf({ id, state, units, advice, validUntil }: PlanStory): string {
  const [words, command] = next[state] ?? [];
  if (words === undefined || (state === 'planned' && units === 0)) return advice;
  const until = waiting.includes(state) ? `\nIt is valid until ${timeOf(validUntil)} UTC.` : '';
  return `${advice} ${words}: npm run edge -- ${command} ${id}${until}`;
}
