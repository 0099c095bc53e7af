import { faultKinds } from '#shared/contract/fault.ts';
import { fittedTable } from '../../demo/fitted-table.ts';
import type { QuarantineSurvey } from './survey-quarantine.ts';
import type { End, EndedChange } from './take-all.ts';

/** Quarantined changes by their code and by how they ended, or would, with the code that they have now. */
export function codesTable(ended: readonly EndedChange[]): string {
  const groups = groupBy(ended, ({ place, end, code = '' }) => [place.code, end, code].join(' '));
  const rows = groups
    .map(group => {
      const arrived = group.map(({ place }) => place.arrivedAt).sort();
      const [{ place, end, code = '' }] = group;
      return [place.code, String(group.length), arrived[0]!, arrived.at(-1)!, end, code];
    })
    .sort((a, b) => (a.join() < b.join() ? -1 : 1));
  const columns = ['code', 'changes', 'first arrived', 'last arrived', 'end', 'code now'];
  return fittedTable({ columns, numeric: new Set(['changes']), optional: new Set(['code now']), rows });
}

/** How they ended, or would; each with what that means. */
export function meaningsTable(ended: readonly EndedChange[]): string {
  const known = (Object.keys(meanings) as End[]).filter(end => ended.some(each => each.end === end));
  const rows = known.map(end => [end, String(ended.filter(each => each.end === end).length), meanings[end]]);
  return fittedTable({ columns: ['end', 'changes', 'meaning'], numeric: new Set(['changes']), rows });
}

/** Why some stay, with one of each kind, and what to do. */
export function stayLines(ended: readonly EndedChange[], { unreadable }: QuarantineSurvey): string[] {
  const again = groupBy(
    ended.filter(({ end }) => end === 'quarantined'),
    ({ code = '' }) => code,
  ).map(([{ place, code, detail }]) => `${code}, such as ${place.object}: ${detail}. ${remedyOf(code)}`);
  const stopped = groupBy(
    ended.filter(({ end }) => end === 'open'),
    ({ code, detail }) => `${code} ${detail}`,
  ).map(
    ([{ place, code, detail }]) =>
      `it stopped at ${place.object}: ${[code, detail].filter(Boolean).join(', ')}`,
  );
  const strange = unreadable.map(
    ({ object, why }) => `${object} is no quarantined change (${why}): look at it`,
  );
  return [...again, ...stopped, ...strange];
}

/** What is done with: the rest stays. */
export const isDone = ({ end }: EndedChange): boolean => doneEnds.has(end);

const doneEnds: ReadonlySet<End> = new Set(['published', 'skipped', 'duplicate', 'gone']);

const meanings: Readonly<Record<End, string>> = {
  waiting: 'would be taken again',
  published: 'published, with the place in the log that it had; kept under taken/',
  skipped: 'makes no event, by a rule of the contract or for nothing canonical changed; kept under taken/',
  duplicate: 'its event was made by another before it; kept under taken/',
  gone: 'was taken meanwhile: nothing done',
  quarantined: 'put aside again, with the code that it has now: stays',
  open: 'not published, or only in part: stays',
  left: 'was not come to: stays',
  cut: 'was too long to be kept whole and is never taken again: stays',
  conflict: 'another change stands at its place in the log, so it is never taken again: stays',
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
