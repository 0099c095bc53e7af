import { faultKinds } from '#shared/contract/fault.ts';
import { fittedTable } from '../../demo/fitted-table.ts';
import type { End, EndedChange } from './reprocess-all.ts';
import type { QuarantineSurvey } from './survey-quarantine.ts';

/** Quarantined changes by code and by end (in a preview: the end they would have), with the code they have now. */
export function codesTable(ended: readonly EndedChange[]): string {
  const groups = groupBy(ended, ({ place, end, code = '' }) => [place.code, end, code].join(' '));
  const rows = groups
    .map(group => {
      const arrived = group.map(({ place }) => place.arrivedAt).sort();
      const [{ place, end, code = '' }] = group;
      return [place.code, String(group.length), arrived[0] ?? '', arrived.at(-1) ?? '', end, code];
    })
    .sort((a, b) => (a.join() < b.join() ? -1 : 1));
  const columns = ['code', 'changes', 'first arrived', 'last arrived', 'end', 'code now'];
  return fittedTable({ columns, numeric: new Set(['changes']), optional: new Set(['code now']), rows });
}

/** The ends, each with how many changes have it and what it means. */
export function meaningsTable(ended: readonly EndedChange[]): string {
  const known = (Object.keys(meanings) as End[]).filter(end => ended.some(each => each.end === end));
  const rows = known.map(end => [end, String(ended.filter(each => each.end === end).length), meanings[end]]);
  return fittedTable({ columns: ['end', 'changes', 'meaning'], numeric: new Set(['changes']), rows });
}

/** Why changes stay: one example of each cause, and what to do. */
export function stayLines(ended: readonly EndedChange[], { unreadable }: QuarantineSurvey): string[] {
  const again = groupBy(
    ended.filter(({ end }) => end === 'quarantined'),
    ({ code = '' }) => code,
  ).map(([{ place, code, detail }]) => `${code}, for example ${place.object}: ${detail}. ${remedyOf(code)}`);
  const stopped = groupBy(
    ended.filter(({ end }) => end === 'open'),
    ({ code, detail }) => `${code} ${detail}`,
  ).map(
    ([{ place, code, detail }]) => `Stopped at ${place.object}: ${[code, detail].filter(Boolean).join(', ')}`,
  );
  const foreign = unreadable.map(
    ({ object, why }) => `${object} is not a quarantined change (${why}). Check it.`,
  );
  return [...again, ...stopped, ...foreign];
}

/** Whether nothing is left to do for a change. */
export const isDone = ({ end }: EndedChange): boolean => doneEnds.has(end);

const doneEnds: ReadonlySet<End> = new Set(['published', 'skipped', 'duplicate', 'gone']);

const meanings: Readonly<Record<End, string>> = {
  waiting: 'would be reprocessed',
  published: 'published with its place in the log; moved to taken/',
  skipped: 'makes no event: a rule skips it, or no canonical value changed; moved to taken/',
  duplicate: 'another record made its event before; moved to taken/',
  rejected: 'rejected; moved to taken/',
  gone: 'somebody moved or deleted it meanwhile; nothing done',
  quarantined: 'still faulty, see “code now”; stays',
  open: 'not published, or only in part; stays',
  unreached: 'the command stopped before it; stays',
  truncated: 'too long to be stored complete, so it can never be reprocessed; stays',
  conflict: 'another change has its place in the log, so it can never be reprocessed; stays',
};

const remedyOf = (code = ''): string => faultKinds[code as keyof typeof faultKinds]?.remedy ?? '';

type Group = readonly [EndedChange, ...EndedChange[]];

function groupBy(ended: readonly EndedChange[], nameOf: (each: EndedChange) => string): readonly Group[] {
  const groups = new Map<string, [EndedChange, ...EndedChange[]]>();
  for (const each of ended) {
    const known = groups.get(nameOf(each));
    if (known) known.push(each);
    else groups.set(nameOf(each), [each]);
  }
  return [...groups.values()];
}
