import { positionSequence, versionSequence } from '#shared/core/envelope/sequence.ts';
import type { FileLane } from '../../contract/file-lane.ts';

/** What orders a row among those of its key: its version, or where it lay. */
export interface RowOrder {
  /** Part of the event id. */
  readonly token: string;
  readonly sequence: string;
  readonly time: string;
}

interface Ordered {
  readonly number: number;
  readonly values: Readonly<Record<string, unknown>>;
}

/** What names the file in event ids, when it arrived, its sequencer, and the period in its name. */
interface FilePlace {
  readonly identity: string;
  readonly arrivedAt: string;
  readonly sequencer?: string | undefined;
  readonly period?: string | undefined;
}

/** Orders the rows of one file. */
export function rowOrder(
  lane: Pick<FileLane, 'version' | 'writeOnce'>,
  { identity, arrivedAt, sequencer, period }: FilePlace,
): (row: Ordered) => RowOrder {
  const { version, writeOnce } = lane;
  if (version !== undefined) {
    return ({ values }) => {
      const sequence = versionSequence(values[version]);
      return { token: sequence, sequence, time: timeOf(values[version], arrivedAt) };
    };
  }
  const sequenceAt = positionSequence({ receivedAt: arrivedAt, sequencer, period });
  return ({ number }) => ({
    token: writeOnce ? 'once' : `${identity}#${number}`,
    sequence: sequenceAt(number),
    time: arrivedAt,
  });
}

const timeOf = (version: unknown, otherwise: string): string =>
  typeof version === 'string' && /^\d{4}-\d{2}-\d{2}T[\d:.]+Z$/.test(version) ? version : otherwise;
