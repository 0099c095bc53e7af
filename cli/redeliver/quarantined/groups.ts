import { callBytesMax } from '../calls.ts';
import type { ChangePlace } from './survey-quarantine.ts';

/** Few enough to be published well within the time that a feed's function has. */
const changesMax = 200;
/** The JSON around the changes of an invocation. */
const frameBytes = 1_024;

/** Changes in order, in groups of as many as fit one invocation. */
export function groupsOf(changes: readonly ChangePlace[]): ChangePlace[][] {
  const groups: ChangePlace[][] = [];
  let room = 0;
  for (const change of changes) {
    const last = groups.at(-1);
    const bytes = change.bytes + 1;
    if (last && last.length < changesMax && bytes <= room) {
      last.push(change);
      room -= bytes;
    } else {
      groups.push([change]);
      room = callBytesMax - frameBytes - bytes;
    }
  }
  return groups;
}
