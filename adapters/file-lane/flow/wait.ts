import type { ObjectCreated } from './messages.ts';
import type { Work } from './work.ts';

/** How long to wait before looking again: longer each time. */
export const pauseSeconds = (work: Work, notice: ObjectCreated): number =>
  Math.max(15, waitedSeconds(work, notice));

/** Since the object was dropped. */
export const waitedSeconds = ({ ports }: Work, { time }: ObjectCreated): number =>
  (ports.clock.now() - Date.parse(time)) / 1000;
