import { useEffect, useState } from 'preact/hooks';
import type { OutputOf } from '#operate/core/operations.ts';
import { type EventRates, eventRates } from '../core/event-rates.ts';
import { ask, type Refusal } from './ask.ts';

const hours = 6;
const spanSeconds = 900;
/** Of one count: each reads up to 32 MiB of the log. */
const pagesMax = 6;
const againMilliseconds = 60_000;

export interface Rates {
  readonly rates: EventRates | undefined;
  /** Whether the log had more than is read for a chart. */
  readonly isCut: boolean;
  readonly problem: Refusal | undefined;
}

/** Events on the bus in the last hours, counted again once a minute while the page is visible. */
export function useRates(): Rates {
  const [state, setState] = useState<Rates>({ rates: undefined, isCut: false, problem: undefined });
  useEffect(() => {
    let isOver = false;
    const count = async () => {
      const to = Date.now();
      const span = { from: to - hours * 3_600_000, to, spanSeconds };
      const counts: OutputOf<'countEvents'>['counts'] = [];
      let cursor: string | undefined;
      for (let page = 0; page < pagesMax && !isOver; page++) {
        const asked = cursor
          ? { cursor }
          : { from: new Date(span.from).toISOString(), to: new Date(to).toISOString() };
        const found = await ask('countEvents', { ...asked, bucketSeconds: String(spanSeconds) });
        counts.push(...found.counts);
        if (isOver) return;
        setState({ rates: eventRates(counts, span), isCut: found.next !== null, problem: undefined });
        if (found.next === null) return;
        cursor = found.next;
      }
    };
    const start = () => {
      if (document.visibilityState === 'visible')
        count().catch(problem => !isOver && setState(old => ({ ...old, problem })));
    };
    start();
    const timer = setInterval(start, againMilliseconds);
    return () => {
      isOver = true;
      clearInterval(timer);
    };
  }, []);
  return state;
}
