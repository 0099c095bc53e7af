import type { BusEntry } from '#shared/core/batch/bus-entry.ts';
import { loggedEventOf } from './logged-event.ts';

/** An event of the bus log as it is put on the bus, or sent to a queue, again. */
export interface ReplayedEvent {
  readonly entry: BusEntry;
  /** As a rule of the bus delivers it to a queue. */
  readonly message: object;
}

/**
 * The event of a line, with its id and all attributes, and marked by the attribute `replay`. Undefined where the line holds none, or
 * one that was replayed itself: the event before it is in the log too. Its text is kept, for numbers may have more digits than are read.
 */
export function replayedEventOf(line: string, replay: string): ReplayedEvent | undefined {
  const event = loggedEventOf(line);
  const detail = detailIn(line);
  if (!event || detail === undefined || detail.startsWith(marked)) return undefined;
  const text = `${marked}${JSON.stringify(replay)},${detail.slice(1)}`;
  const { id, source, type } = event;
  return {
    entry: { id, source, detailType: type, detail: text },
    message: { ...(JSON.parse(line) as object), detail: JSON.parse(text) },
  };
}

const marked = '{"replay":';

/** A quote within a text is escaped, so that this name is the member's. */
function detailIn(line: string): string | undefined {
  const member = '"detail":';
  const text = line.slice(line.indexOf(member) + member.length, line.lastIndexOf('}'));
  try {
    JSON.parse(text);
    return text;
  } catch {
    return undefined;
  }
}
