import { jsonOf } from '#shared/core/json-of.ts';
import { auditRecord, lineOf, ownHashOf } from './audit-record.ts';
import type { Finding } from './finding.ts';

/** The last record before a line; null where it is not known. */
export interface Before {
  readonly records: number | null;
  readonly hash: string | null;
}

export interface CheckedLines extends Before {
  readonly findings: readonly Finding[];
}

/** Holds the lines of an object against each other and against what came before. After a fault it goes on from what the line says. */
export function checkLines(object: string, text: string, before: Before): CheckedLines {
  const findings: Finding[] = [];
  let place = before;
  const lines = text.split('\n');
  if (lines.at(-1) === '') lines.pop();
  else findings.push({ object, line: lines.length, code: 'LINE_EDITED', detail: 'the line has no end' });
  for (const [i, line] of lines.entries()) {
    const { fault, ...after } = checkLine(line, place);
    if (fault) findings.push({ object, line: i + 1, ...fault });
    place = after;
  }
  return { ...place, findings };
}

interface CheckedLine extends Before {
  readonly fault?: Pick<Finding, 'code' | 'detail'>;
}

function checkLine(line: string, { records, hash }: Before): CheckedLine {
  const number = records === null ? null : records + 1;
  const read = auditRecord.safeParse(jsonOf(line));
  if (!read.success)
    return {
      ...{ records: number, hash: null },
      fault: { code: 'LINE_UNREADABLE', detail: 'the line is no record of a trail' },
    };
  const record = read.data;
  const named = `${record.step} ${record.subject}`;
  if (ownHashOf(record) !== record.hash || lineOf(record) !== line)
    return {
      ...{ records: number ?? record.n, hash: record.hash },
      fault: { code: 'LINE_EDITED', detail: `the record “${named}” does not have the hash that it says` },
    };
  const after = { records: record.n, hash: record.hash };
  if ((hash === null || record.previous === hash) && (number === null || record.n === number)) return after;
  const place = number === null ? '' : `, and record ${number} is expected here`;
  return {
    ...after,
    fault: {
      code: 'LINE_OUT_OF_PLACE',
      detail: `the record “${named}” (number ${record.n}) does not follow the one before it${place}`,
    },
  };
}
