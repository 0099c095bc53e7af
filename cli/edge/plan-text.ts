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
    adviceOn(plan),
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

function adviceOn({ id, state, units, done, validUntil }: PlanStory): string {
  const until = `It is valid until ${timeOf(validUntil)} UTC.`;
  switch (state) {
    case 'counting':
      return `It is counted. Look again: npm run edge -- jobs ${id}`;
    case 'planned':
      return units === 0
        ? 'Nothing to do.'
        : `Nothing is done yet. Run it: npm run edge -- run ${id}\n${until}`;
    case 'awaiting-approval':
      return `Nothing is done yet. Another person must approve it: npm run edge -- approve ${id}\n${until}`;
    case 'approved':
      return `It is approved. Run it: npm run edge -- run ${id}\n${until}`;
    case 'running':
      return `It runs. Look again: npm run edge -- jobs ${id}`;
    case 'paused':
      return `It is paused. Go on: npm run edge -- resume ${id}`;
    case 'failed':
      return done === 0
        ? 'Nothing was done. Fix what it says, and make the plan again.'
        : 'Fix what the failures say, and make a plan for what is left.';
    case 'expired':
      return 'It did not begin in time, or was paused for too long. Make it again.';
    case 'done':
      return 'Nothing is left to do.';
    case 'cancelled':
      return 'It is cancelled. What is done stays done.';
  }
}
