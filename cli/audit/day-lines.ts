import type { Finding } from '#operate/core/audit/finding.ts';
import { fittedTable } from '../demo/fitted-table.ts';
import { wrapped } from '../wrap.ts';

export interface CheckedDay {
  readonly day: string;
  /** Whether a manifest that can be relied on says what the day came to. */
  readonly sealed: boolean;
  /** Whether its records are older than they are kept. */
  readonly expired: boolean;
  readonly objects: number;
  readonly findings: readonly Finding[];
}

/** What was found, for people. */
export function dayLines(days: readonly CheckedDay[]): string {
  const columns = ['day', 'manifest', 'objects', 'findings'];
  const rows = days.map(({ day, sealed, expired, objects, findings }) => [
    ...[day, sealed ? 'signed' : 'not sealed', expired ? 'expired' : String(objects)],
    String(findings.length),
  ]);
  const table = fittedTable({ columns, numeric: new Set(['objects', 'findings']), rows });
  const found = days.flatMap(({ findings }) => findings.map(lineOf));
  return `${table}\n\n${found.length > 0 ? found.join('\n') : 'Nothing was edited, moved or removed.'}`;
}

const lineOf = ({ code, object, line, detail }: Finding): string =>
  [`${code} ${object}${line === null ? '' : `, line ${line}`}`, ...wrapped(detail, '  ')].join('\n');
