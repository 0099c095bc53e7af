import { outcomes } from '#shared/core/outcome/tally.ts';
import type { EventLine, HandoffLine } from '../demo/cloud.ts';

/** The parts of an acknowledgement that are told. */
export interface ToldAck {
  readonly fault: FileFault | null;
  readonly rejectedRows: {
    readonly key: string;
    readonly rows: number;
    readonly first: readonly RowFault[];
  } | null;
}

interface FileFault {
  readonly code: string;
  readonly detail: string;
  readonly remedy: string;
}

interface RowFault extends FileFault {
  readonly line: number;
  readonly column: string | null;
}

/** What became of a dropped file. */
export interface Dropped {
  readonly name: string;
  readonly handoff: HandoffLine;
  readonly ack: ToldAck;
  readonly events: readonly EventLine[];
  /** Of the bucket with the answer. */
  readonly bucket: string;
  readonly ackKey: string;
}

const faultsShown = 4;
const idsShown = 3;

/** At most ten lines: outcome, counts, faults with place and remedy, ids of the events, and where the answer is. */
export const outcomeLines = ({ name, handoff, ack, events, bucket, ackKey }: Dropped): string[] => [
  `${name}: ${handoff.state}`,
  countsOf(handoff),
  ...(ack.fault ? [`${ack.fault.code}: ${sentences(ack.fault)}`] : []),
  ...faultLines(ack, bucket),
  eventsLine(events),
  `answer: s3://${bucket}/${ackKey} (--json prints it)`,
];

function countsOf({ tally }: HandoffLine): string {
  if (!tally) return 'nothing was read';
  const counts = outcomes.filter(outcome => tally[outcome]).map(outcome => `${tally[outcome]} ${outcome}`);
  const sum = outcomes.reduce((total, outcome) => total + (tally[outcome] ?? 0), 0);
  const books = sum === tally.received ? '' : ' (UNBALANCED)';
  return `${tally.received} received: ${counts.join(', ') || 'no rows'}${books}`;
}

function faultLines({ rejectedRows }: ToldAck, bucket: string): string[] {
  if (!rejectedRows) return [];
  const shown = rejectedRows.first.slice(0, faultsShown);
  const more = rejectedRows.rows - shown.length;
  return [
    ...shown.map(
      fault =>
        `line ${fault.line}${fault.column ? `, column ${fault.column}` : ''}: ${fault.code}: ${sentences(fault)}`,
    ),
    ...(more > 0 ? [`${more} more rows in s3://${bucket}/${rejectedRows.key}`] : []),
  ];
}

const sentences = ({ detail, remedy }: FileFault): string =>
  `${detail}${/[.!?]$/.test(detail) ? '' : '.'} ${remedy}`;

function eventsLine(events: readonly EventLine[]): string {
  const ids = events.slice(0, idsShown).map(({ detail }) => String(detail.id));
  const more = events.length - ids.length;
  return `events: ${[...ids, ...(more > 0 ? [`${more} more`] : [])].join(', ') || 'none'}`;
}
