import * as z from 'zod';
import { limits } from '#shared/contract/limits.ts';
import { inParallel } from '#shared/core/batch/in-parallel.ts';
import { cursorOf, placeOf } from '../../core/cursor.ts';
import type { CountedUnit } from '../../core/plan/count-units.ts';
import type { FilterOf } from '../../core/plan/plan-kinds.ts';
import { objectReadings, type QuarantinedObject } from '../../core/quarantined-object.ts';
import { sumCounts } from '../../core/sum-counts.ts';
import { isTaken, takenKey } from '../../core/taken-key.ts';
import type { StoredObject } from '../../object-ports.ts';
import type { JobPorts, ProcessedEnd } from '../../plan-ports.ts';
import type { JointPage, Selection, UnitEnd } from './plan-kind.ts';
import { sortedKeys } from './sorted-keys.ts';

type Asked = Selection<FilterOf<'resubmit'>>;

const place = z.strictObject({ key: z.string() });

/**
 * Requests of a fence, or changes of a feed: their function processes them again under the same ids, and says how each ended. Those
 * that are finished move to `taken/`. A unit that was processed and not moved, as after a crash, is processed again: a request is a duplicate
 * then, and a change makes the same events. What the contract still cannot take is left out, and counted by its code.
 */
export async function* resubmitObjects(ports: JobPorts, asked: Asked): AsyncGenerator<JointPage> {
  let units = 0;
  for await (const group of groupsOf(ports, asked)) {
    const page = await pageOf(ports, asked, group);
    units += page.units.length;
    const more = units >= limits.planObjectsMax;
    yield { ...page, more };
    if (more) break;
  }
  // The last page has no place to go on: a plan that was counted is done from the beginning.
  yield { units: [], performAll: async () => [] };
}

/** Objects in their order, as many as one call takes. */
async function* groupsOf(ports: JobPorts, asked: Asked): AsyncGenerator<readonly StoredObject[]> {
  let group: StoredObject[] = [];
  let bytes = 0;
  for await (const object of keysOf(ports, asked)) {
    const isFull =
      group.length === limits.planObjectsACall || bytes + object.bytes > limits.planObjectsBytesMax;
    if (isFull && group.length > 0) {
      yield group;
      [group, bytes] = [[], 0];
    }
    group.push(object);
    bytes += object.bytes;
  }
  if (group.length > 0) yield group;
}

const keysOf = ({ objects }: JobPorts, asked: Asked): AsyncGenerator<StoredObject> =>
  sortedKeys(objects, {
    store: 'quarantine',
    prefix: `${asked.integration}/`,
    isAsked: ({ key, modifiedAt }) =>
      !isTaken(asked.integration, key) && Date.parse(modifiedAt) <= asked.until,
    compare: readingOf(asked).compare,
    after: placeOf(place, asked.after)?.key,
  });

async function pageOf(
  ports: JobPorts,
  asked: Asked,
  group: readonly StoredObject[],
): Promise<JointPage & { readonly next: string }> {
  const read = await inParallel(group, limits.callsInFlightMax, object => readObject(ports, asked, object));
  const found = read.filter(each => each !== 'gone');
  const matching = found.filter(each => each !== 'unreadable').filter(each => isAskedFor(each, asked.filter));
  const possible = matching.filter(({ obstacle }) => !obstacle);
  const ends = await endsOf(ports, asked, { objects: possible, dryRun: true });
  const isUnit = (at: number) => isFinished(ends[at]);
  const chosen = possible.filter((_, at) => isUnit(at));
  const units = possible.flatMap((object, at) => (isUnit(at) ? [unitOf(object, ends[at])] : []));
  const reasons = [
    ...found.filter(each => each === 'unreadable'),
    ...matching.flatMap(({ obstacle }) => obstacle ?? []),
    ...ends.filter(end => !isFinished(end)).map(({ end, code }) => code ?? end),
  ];
  return {
    units,
    left: sumCounts(...reasons.map(reason => ({ [reason]: 1 }))),
    next: cursorOf({ key: group.at(-1)?.key ?? '' }),
    performAll: given =>
      performAll(
        ports,
        asked,
        chosen.filter(({ key }) => given.some(({ id }) => id === key)),
      ),
  };
}

const unitOf = ({ key, about }: QuarantinedObject, ended: ProcessedEnd | undefined): CountedUnit => ({
  id: key,
  about,
  isRepeat: ended?.end === 'duplicate',
});

async function readObject(
  { objects }: JobPorts,
  asked: Asked,
  { key, bytes }: StoredObject,
): Promise<QuarantinedObject | 'gone' | 'unreadable'> {
  const content = await objects.read('quarantine', key, { start: 0, end: Math.max(1, bytes) });
  if (!content) return 'gone';
  try {
    return { key, ...readingOf(asked).read(JSON.parse(Buffer.from(content).toString('utf8'))) };
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof z.ZodError) return 'unreadable';
    throw error;
  }
}

const isAskedFor = (
  { code, arrivedAt }: QuarantinedObject,
  filter: Pick<FilterOf<'resubmit'>, 'code' | 'from' | 'to'>,
): boolean =>
  (filter.code === undefined || code === filter.code) &&
  (filter.from === undefined || arrivedAt >= filter.from) &&
  (filter.to === undefined || arrivedAt < filter.to);

/** How objects end, or would end, in the order given. */
function endsOf(
  { reprocessing }: JobPorts,
  { integration, known }: Asked,
  { objects, dryRun }: { readonly objects: readonly QuarantinedObject[]; readonly dryRun: boolean },
): Promise<readonly ProcessedEnd[]> {
  if (objects.length === 0) return Promise.resolve([]);
  return known.kind === 'cdc-feed'
    ? reprocessing.changes(
        integration,
        objects.map(({ json }) => json),
        dryRun,
      )
    : reprocessing.requests(
        integration,
        objects.map(({ key }) => key),
        dryRun,
      );
}

async function performAll(
  ports: JobPorts,
  asked: Asked,
  objects: readonly QuarantinedObject[],
): Promise<readonly UnitEnd[]> {
  const ends = await endsOf(ports, asked, { objects, dryRun: false });
  const at = new Date(ports.clock.now()).toISOString();
  await inParallel([...objects.entries()], limits.callsInFlightMax, ([n, object]) =>
    keepTaken(ports, asked, { object, ended: ends[n], at }),
  );
  return ends.map(unitEnd);
}

interface TakenObject {
  readonly object: QuarantinedObject;
  readonly ended: ProcessedEnd | undefined;
  /** ISO 8601 UTC. */
  readonly at: string;
}

async function keepTaken(
  { quarantine }: JobPorts,
  { integration, plan }: Asked,
  { object: { key, json }, ended, at }: TakenObject,
): Promise<void> {
  if (!ended || !isFinished(ended)) return;
  const { end, detail } = ended;
  const taken = { at, end, ...(detail !== undefined && { detail }), plan: plan.id };
  const content = JSON.stringify({ ...json, taken });
  await quarantine.move(key, { key: takenKey(integration, key, at), content });
}

function unitEnd({ end, code, detail }: ProcessedEnd): UnitEnd {
  if (isFinished({ end })) return { kind: 'done' };
  const kind = end === 'open' ? 'open' : 'failed';
  return { kind, reason: [code ?? end, detail].filter(Boolean).join(': ') };
}

const finished: readonly string[] = ['published', 'skipped', 'duplicate', 'rejected'];

const isFinished = (ended: Pick<ProcessedEnd, 'end'> | undefined): boolean =>
  ended !== undefined && finished.includes(ended.end);

function readingOf({ known: { kind } }: Asked) {
  if (kind === 'file-lane') throw new Error('rows of files are no objects of the quarantine');
  return objectReadings[kind];
}
