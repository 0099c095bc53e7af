import { limits } from '#shared/contract/limits.ts';
import type { Schedule } from '#shared/contract/schedule.ts';
import { code } from '#shared/derive/markdown.ts';
import type { Trailer } from '../contract/file-format.ts';
import { comparesLastRows, type FileLane } from '../contract/file-lane.ts';
import { exampleName } from '../core/file/data-name.ts';

/** A lane's files in words that a partner and an operator read. */

const suffixes = { gzip: '.gz', zip: '.zip' } as const;

/** How a file may be compressed. */
export const compressionInWords = ({ delivery }: FileLane): string =>
  delivery.compression.length === 0
    ? 'not compressed'
    : `plain, or compressed with ${delivery.compression.map(kind => `${kind} (name ends in ${code(suffixes[kind])})`).join(' or ')}`;

/** Undefined where nothing protects the file besides the transport. */
export function securityInWords({ delivery: { security } }: FileLane): string | undefined {
  const parts = [
    ...(security.encryption
      ? [
          `encrypted with OpenPGP for our public key, after any compression (the name also ends in ${code('.pgp')} or ${code('.gpg')})`,
        ]
      : []),
    ...(security.signing ? [signingInWords(security.signing.detached)] : []),
  ];
  return parts.length === 0 ? undefined : parts.join('; ');
}

const signingInWords = (detached: boolean): string =>
  detached
    ? `signed with your OpenPGP key: drop a detached signature of the file beside it, exactly as the file is dropped, under the file’s name with ${code('.sig')} or ${code('.asc')} appended; either may come first`
    : 'signed with your OpenPGP key inside the encrypted message';

const delimiters: Readonly<Record<string, string>> = {
  ',': 'comma',
  ';': 'semicolon',
  '\t': 'tab',
  '|': 'bar',
};

/** How a file is written: delimiter, quoting, encoding, header. */
export function dialectInWords({ dialect }: FileLane): string {
  const { delimiter, quote, encoding, header } = dialect;
  const quoting =
    quote === false
      ? 'no quoting'
      : `fields that hold a delimiter, quote or line end are enclosed in ${code(quote)}, a quote inside is ${dialect.escape === quote ? 'doubled' : `preceded by ${code(dialect.escape)}`}`;
  return [
    `CSV, separated by ${delimiters[delimiter] ?? code(delimiter)}`,
    quoting,
    encodingInWords(encoding),
    header === 'by-name'
      ? 'with a header line (columns in any order)'
      : 'without a header line, columns in the order below',
  ].join('; ');
}

const encodingInWords = (encoding: string): string =>
  encoding === 'utf-8' ? 'UTF-8 (with or without byte order mark)' : `encoded as ${encoding}`;

/** Lines of the file that are no rows, where the dialect has such lines. */
export const lineRules = ({ dialect: { comment, trailer } }: FileLane): string[] => [
  ...(comment === undefined
    ? []
    : [
        `Comment lines: a line that begins with ${code(comment)} is ignored and is no row; the answer tells how many there were.`,
      ]),
  ...(trailer === undefined ? [] : [trailerInWords(trailer)]),
];

function trailerInWords({ startsWith, records, totals = {} }: Trailer): string {
  const fields: [number, string][] = Object.entries(totals).map(([column, field]) => [
    field,
    `the total of ${code(column)}`,
  ]);
  if (records !== undefined) fields.push([records, 'the number of rows, without header and trailer']);
  const holds = fields
    .sort(([a], [b]) => a - b)
    .map(([field, what]) => `field ${field} holds ${what}`)
    .join(', ');
  const check = holds
    ? ` Counting from 1, ${holds}. The file is rejected when they do not match its rows.`
    : '';
  return `Trailer: the last line must begin with ${code(startsWith)}. A file without it is rejected.${check}`;
}

const waitInWords = `${limits.dataWaitSeconds / 60} minutes`;

/** What begins the work on a file. */
export function startInWords(lane: FileLane): string {
  const file = exampleName(lane.delivery);
  if (lane.delivery.startsOn === 'sidecar')
    return `when its checksum ${code(`${file}.sha256`)} arrives (drop the data first); the file must match it, and is rejected when none comes within ${waitInWords}`;
  if (lane.delivery.startsOn === 'manifest')
    return `when its manifest ${code(`${file}.manifest.json`)} arrives (drop the data first); the file must match it, and is rejected when none comes within ${waitInWords}`;
  return 'when the file itself arrives';
}

/** What bad rows do to their file. */
export function badRowsInWords({ maxInvalidShare }: FileLane): string {
  if (maxInvalidShare === 1) return 'bad rows are quarantined one by one, good rows are published';
  if (maxInvalidShare === 0) return 'one bad row rejects the whole file, and none of its rows is published';
  return `a file with more than ${maxInvalidShare * 100} % bad rows is rejected as a whole; otherwise bad rows are quarantined and good rows published`;
}

/** How a file, and a row where the lane compares rows, is recognised as a duplicate. */
export function duplicatesInWords(lane: FileLane): string {
  const file =
    lane.duplicateScope === 'period'
      ? 'the same rows in the same order are one file within the period that its name carries'
      : 'the same rows in the same order are one file, whatever its name, compression, line ends or spare quotes';
  const days = `remembered for ${lane.duplicateDays} days`;
  if (lane.duplicates === 'file') return `${file}; ${days}`;
  const row = rowDuplicateInWords(lane);
  if (comparesLastRows(lane)) return `${row}; ${days}`;
  return `${file}; ${row}; ${days}`;
}

function rowDuplicateInWords({ key, version, writeOnce }: FileLane): string {
  const names = key.join(' + ');
  if (version !== undefined)
    return `a row is identified by ${names} and its version ${version}; sent again it is a duplicate, with other values it is a conflict`;
  if (writeOnce)
    return `a row is identified by ${names} and written once (${writeOnce.reason}); with other values it is a conflict`;
  return `a row with the same values as the last row of its ${names} is a duplicate, so a corrected file can be sent whole`;
}

/** When files are due, for people. */
export function scheduleInWords({ cron, zone, graceMinutes, holidays = [] }: Schedule): string {
  const free = holidays.length > 0 ? `, but not on ${holidays.join(', ')}` : '';
  return `one is due at ${code(cron)} (cron, ${zone})${free}, and is overdue ${graceMinutes} minutes later`;
}
