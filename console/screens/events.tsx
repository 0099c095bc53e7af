import { useEffect, useRef, useState } from 'preact/hooks';
import type { EventLine } from '#operate/core/shapes/events.ts';
import { ask, type Refusal } from '../api/ask.ts';
import { useAnswer } from '../api/use-answer.ts';
import { optionsOf } from '../core/command.ts';
import { hrefOf } from '../core/route.ts';
import { number } from '../core/words.ts';
import { Answered, Empty } from '../ui/answered.tsx';
import { Command } from '../ui/command.tsx';
import { EventTable } from '../ui/event-table.tsx';
import { type Filter, Filters, Pager } from '../ui/filters.tsx';
import { Head } from '../ui/head.tsx';
import { go, usePlace } from '../ui/link.tsx';
import { Problem } from '../ui/problem.tsx';
import { Time } from '../ui/time.tsx';

const columns = ['published', 'type', 'subject', 'tenant', 'integration', 'id'] as const;

const filters: readonly Filter[] = [
  { name: 'type', label: 'Type', hint: 'orders.order.created.v1' },
  { name: 'subject', label: 'Subject', hint: 'A-1001' },
  { name: 'integration', label: 'Integration' },
  { name: 'correlationid', label: 'File, delivery or transaction' },
  { name: 'id', label: 'Event id' },
  { name: 'from', label: 'From', isTime: true },
  { name: 'to', label: 'To', isTime: true },
];

/** What was on the bus: searched in the bus log, or followed. */
export function Events() {
  const { parts, query } = usePlace();
  const isFollowed = query.follow === 'yes';
  const { follow: _, cursor: __, ...filter } = query;
  return (
    <>
      <Head title="Events">
        <button
          type="button"
          aria-pressed={isFollowed}
          onClick={() => go(hrefOf(parts, { ...filter, follow: isFollowed ? undefined : 'yes' }))}
        >
          {isFollowed ? 'Stop following' : 'Follow live'}
        </button>
      </Head>
      <Filters of={filters} />
      {isFollowed ? <Followed filter={filter} /> : <Searched />}
    </>
  );
}

function Searched() {
  const place = usePlace();
  const found = useAnswer('listEvents', { ...place.query, limit: '50' });
  const { cursor: _, ...filter } = place.query;
  return (
    <>
      <Answered of={found} what="events">
        {({ events, searched, next }) => (
          <>
            {events.length === 0 ? (
              <Empty>
                {next
                  ? 'No such event so far. The search stopped at its bound: go on with the next page.'
                  : 'No such event. Without a time, the last hour is searched. The log is one to two minutes late.'}
              </Empty>
            ) : (
              <EventTable events={events} show={columns} />
            )}
            <p class="faint">
              Searched <Time at={searched.from} /> to <Time at={searched.to} />: {number(searched.objects)}{' '}
              objects, {number(searched.bytes)} bytes.
            </p>
            <Pager place={place} next={next} />
          </>
        )}
      </Answered>
      <Command of={['events', ...optionsOf(filter)]} />
    </>
  );
}

const shownMax = 200;
/** Events that are known not to be new. Those of one look are some hundreds. */
const seenMax = 5_000;
/** A busy bus is read on in order: so many pages at a look. */
const pagesMax = 5;
const lookMilliseconds = 2_000;
/** Events come to the log by and by. */
const backMilliseconds = 180_000;

/** The newest events, the newest first. */
function Followed({ filter }: { readonly filter: Readonly<Record<string, string>> }) {
  const [events, setEvents] = useState<readonly EventLine[]>([]);
  const [problem, setProblem] = useState<Refusal>();
  const seen = useRef(new Set<string>());
  const question = JSON.stringify(filter);
  useEffect(() => {
    let isOver = false;
    let timer: ReturnType<typeof setTimeout>;
    const { from: _, to: __, ...asked } = filter;
    seen.current.clear();
    setEvents([]);
    let cursor: string | undefined;
    const show = (found: readonly EventLine[]) => {
      const fresh = found.filter(({ object, id }) => !seen.current.has(`${object} ${id}`));
      for (const { object, id } of fresh) seen.current.add(`${object} ${id}`);
      forgetOldest(seen.current, seenMax);
      setProblem(undefined);
      if (fresh.length > 0) setEvents(old => [...fresh.reverse(), ...old].slice(0, shownMax));
    };
    const read = async () => {
      const found: EventLine[] = [];
      for (let page = 0; page < pagesMax && !isOver; page++) {
        const from = new Date(Date.now() - backMilliseconds).toISOString();
        const { events: some, next } = await ask('listEvents', {
          ...asked,
          ...(cursor ? { cursor } : { from }),
          limit: '100',
        });
        found.push(...some);
        cursor = next ?? undefined;
        if (cursor === undefined) break;
      }
      if (!isOver) show(found);
    };
    const look = async () => {
      if (document.visibilityState === 'visible')
        await read().catch(error => {
          cursor = undefined;
          if (!isOver) setProblem(error);
        });
      if (!isOver) timer = setTimeout(look, lookMilliseconds);
    };
    void look();
    return () => {
      isOver = true;
      clearTimeout(timer);
    };
  }, [question]);
  return (
    <>
      <Problem of={problem} />
      <p class="faint" role="status">
        Following: {number(events.length)} events of the last minutes. On a deployed stage, the log is one to
        two minutes late.
      </p>
      {events.length === 0 ? <Empty>Nothing came yet.</Empty> : <EventTable events={events} show={columns} />}
      <Command of={['events', '--follow', ...optionsOf(filter)]} />
    </>
  );
}

/** Sets keep the order in which their members came. */
function forgetOldest(known: Set<string>, most: number): void {
  for (const key of known) {
    if (known.size <= most) return;
    known.delete(key);
  }
}
