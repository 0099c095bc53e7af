import { outcomes } from '#shared/core/outcome/tally.ts';
import type { EventLine, HandoffLine } from '../demo/cloud.ts';

/** The parts of an acknowledgement that are told. */
export interface ToldAck {
  readonly fault: FileFault | null;
  readonly repeatedKeys: { readonly rows: number; readonly lines: readonly number[] } | null;
  readonly correctedBefore: { readonly rows: number; readonly lines: readonly number[] } | null;
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

const linesMax = 10;
const faultsShown = 3;
const idsShown = 3;

/** At most ten lines: outcome, counts, faults with place and remedy, ids of the events, and where the answer is. */
export function outcomeLines({ name, handoff, ack, events, bucket, ackKey }: Dropped): string[] {
  const head = [
    `${name}: ${handoff.state}`,
    countsOf(handoff),
    ...(ack.fault ? [`${ack.fault.code}: ${sentences(ack.fault)}`] : []),
    ...notedLine('repeated keys', ack.repeatedKeys),
    ...notedLine('corrected before', ack.correctedBefore),
    ...faultLines(ack, bucket),
  ];
  const answer = `answer: s3://${bucket}/${ackKey} (with --json this command prints it)`;
  return [...head, ...eventLines(events, linesMax - head.length - 1), answer];
}

function countsOf({ tally }: HandoffLine): string {
  if (!tally) return 'nothing was read';
  const counts = outcomes.filter(outcome => tally[outcome]).map(outcome => `${tally[outcome]} ${outcome}`);
  const sum = outcomes.reduce((total, outcome) => total + (tally[outcome] ?? 0), 0);
  const books = sum === tally.received ? '' : ' (UNBALANCED)';
  if (tally.received === 0) return 'no row was read';
  return `${tally.received} received: ${counts.join(', ')}${books}`;
}

const notedLine = (what: string, noted: ToldAck['repeatedKeys']): string[] =>
  noted ? [`${what}: ${noted.rows}, in lines ${noted.lines.slice(0, faultsShown).join(', ')}`] : [];

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

/** One id a line, so that it can be copied; the last line counts those that are not shown. */
function eventLines(events: readonly EventLine[], linesLeft: number): string[] {
  const fitting = Math.min(idsShown, linesLeft);
  const shown = events.length > fitting ? events.slice(0, fitting - 1) : events;
  const more = events.length - shown.length;
  return [
    ...shown.map(({ detail }) => `event ${String(detail.id)}`),
    ...(more > 0 ? [`and ${more} more events`] : []),
  ];
}
