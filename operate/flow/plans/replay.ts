import * as z from 'zod';
import { limits } from '#shared/contract/limits.ts';
import { faultOfAnswer, isAccepted } from '#shared/core/batch/fault-of-answer.ts';
import { publish } from '#shared/core/batch/publish.ts';
import { isAskedFor, mayBeAskedFor } from '../../core/bus-log/event-filter.ts';
import { keysOf } from '../../core/bus-log/log-range.ts';
import { type LoggedEvent, loggedEventOf } from '../../core/bus-log/logged-event.ts';
import { type ReplayedEvent, replayedEventOf } from '../../core/bus-log/replayed-event.ts';
import type { FilterOf } from '../../core/plan/plan-kinds.ts';
import type { JobPorts } from '../../plan-ports.ts';
import { logLines, logObjects } from '../read-log.ts';
import type { PlanKind, PlanUnit, Selection, UnitEnd, UnitPage } from './plan-kind.ts';

/**
 * Events of the bus log, with their ids and marked, to the bus or to one consumer's queue. When a function dies, the last page is sent
 * again: consumers take repeats.
 */
export const replay: PlanKind<FilterOf<'replay'>> = { isInOrder: false, select };

const place = z.object({ key: z.string(), lines: z.int() });

async function* select(
  ports: JobPorts,
  { integration, filter: given, until, after, plan }: Selection<FilterOf<'replay'>>,
): AsyncGenerator<UnitPage> {
  const { consumer, ...filter } = given;
  const start = after === undefined ? undefined : place.parse(JSON.parse(after));
  const seen = new Set<string>();
  for await (const object of logObjects(ports.objects, keysOf(filter), start?.key.slice(0, -1))) {
    const skipped = object.key === start?.key ? start.lines : 0;
    const next = (lines: number) => JSON.stringify({ key: object.key, lines });
    let units: PlanUnit[] = [];
    let at = 0;
    for await (const line of logLines(ports.objects, object)) {
      at += 1;
      const asked = { ...filter, integration };
      const event = at > skipped && mayBeAskedFor(line, asked) ? loggedEventOf(line) : undefined;
      if (!event || !isAskedFor(event, asked) || Date.parse(event.publishedAt) > until) continue;
      const replayed = replayedEventOf(line, plan.id);
      if (!replayed) continue;
      const unit = { id: `${object.key}#${at}`, about: aboutOf(event), isRepeat: seen.has(event.id) };
      seen.add(event.id);
      units.push({ ...unit, perform: () => send(ports, replayed, consumer) });
      if (units.length < limits.replayUnitsAPage) continue;
      yield { units, next: next(at) };
      units = [];
    }
    yield { units, next: next(at) };
  }
  // The last page has no place to go on: a plan that was counted is done from the beginning.
  yield { units: [] };
}

const aboutOf = ({ publishedAt, type, subject, id }: LoggedEvent): string =>
  `${publishedAt} ${type} ${subject} ${id.slice(0, 12)}`;

async function send(
  ports: JobPorts,
  { entry, message }: ReplayedEvent,
  consumer: string | undefined,
): Promise<UnitEnd> {
  if (consumer !== undefined) {
    const sent = await ports.consumers.send(consumer, message);
    if (sent === 'sent') return { kind: 'done' };
    return { kind: 'failed', reason: `edge.config.ts names no consumer "${consumer}" for this stage` };
  }
  const [answer] = await publish([entry], ports);
  if (!answer || isAccepted(answer)) return { kind: 'done' };
  const { code, detail } = faultOfAnswer(answer);
  if (answer.kind === 'refused') return { kind: 'failed', reason: detail };
  throw new Error(`${code}: ${detail}`);
}
