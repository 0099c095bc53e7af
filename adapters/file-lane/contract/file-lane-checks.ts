import { checkContractBase, checkTenant } from '#shared/contract/contract-base.ts';
import type { Columns } from '#shared/contract/field.ts';
import { ContractError, nearestOf } from '#shared/contract/options.ts';
import { checkPublish } from '#shared/contract/publish-form.ts';
import { requireThat } from '#shared/contract/require-that.ts';
import { checkSchedule } from '#shared/contract/schedule.ts';
import type { FileLane } from './file-lane.ts';
import { usesPgp } from './file-security.ts';
import { reasonToIgnore } from './ignored-name.ts';

/** Every promise of a file lane that types cannot hold. @throws ContractError */
export function checkFileLane(where: string, lane: FileLane): void {
  checkContractBase(where, lane);
  requireThat(where, Object.keys(lane.columns).length > 0, 'columns must name at least one column');
  checkTenant(where, lane.tenant, Object.keys(lane.columns));
  checkDelivery(where, lane);
  if (lane.schedule) checkSchedule(where, lane.schedule);
  checkSecurity(where, lane);
  checkDialect(where, lane);
  checkIdentity(where, lane);
  requireThat(where, lane.events.length > 0, 'events must name at least one event');
  checkPublish(where, lane.publish, lane.events);
  requireThat(
    where,
    lane.maxInvalidShare >= 0 && lane.maxInvalidShare <= 1,
    'maxInvalidShare must lie between 0 and 1',
  );
  requireThat(
    where,
    Number.isInteger(lane.maxConcurrency) && lane.maxConcurrency >= 2,
    'maxConcurrency must be a whole number from 2 (the least a queue can be given)',
  );
  checkTotals(where, lane);
}

function checkDelivery(where: string, { delivery, dialect, duplicateScope }: FileLane): void {
  requireThat(
    where,
    /^[a-z0-9][a-z0-9/-]*[a-z0-9]$/.test(delivery.folder),
    'delivery.folder must be lower-case letters, digits, hyphens and slashes',
  );
  const placeholders = [...delivery.name.matchAll(/\{([^}]*)\}/g)].map(([, placeholder = '']) => placeholder);
  for (const placeholder of placeholders) {
    requireThat(
      where,
      namePlaceholders.includes(placeholder),
      `delivery.name: {${placeholder}} is not a placeholder; known: ${namePlaceholders.join(', ')}`,
    );
  }
  requireThat(
    where,
    !delivery.name.includes('{digits}{digits}'),
    'delivery.name: one {digits} is enough where they follow each other',
  );
  requireThat(where, !delivery.name.includes('/'), 'delivery.name may not contain a slash');
  const periods = placeholders.filter(placeholder => placeholder !== 'digits');
  requireThat(where, periods.length <= 1, 'delivery.name may carry one period');
  requireThat(
    where,
    duplicateScope === 'content' || periods.length === 1,
    "duplicateScope 'period' needs a period in delivery.name, e.g. {yyyyMMdd}",
  );
  checkWholeness(where, delivery, dialect);
  const reason = reasonToIgnore(delivery.name);
  requireThat(
    where,
    reason === undefined,
    `delivery.name: no file named like this is ever read, because ${reason}`,
  );
}

/** AWS Transfer Family stores what has arrived when an SFTP session breaks off, as if the file were complete. */
function checkWholeness(
  where: string,
  { via, startsOn, security }: FileLane['delivery'],
  { trailer }: FileLane['dialect'],
): void {
  const isTold = startsOn !== 'data' || trailer !== undefined || usesPgp(security);
  requireThat(
    where,
    isTold || !via.includes('sftp'),
    "delivery.via 'sftp': a session that breaks off leaves a part of the file that looks complete; demand a sidecar or manifest (delivery.startsOn), a trailer (format.trailer), or encryption or a signature (delivery.security)",
  );
}

function checkSecurity(where: string, { delivery: { security, compression } }: FileLane): void {
  const { encryption, signing } = security;
  requireThat(
    where,
    encryption === undefined || encryption === 'pgp',
    "delivery.security.encryption must be 'pgp' or left out",
  );
  requireThat(
    where,
    signing === undefined || typeof signing.detached === 'boolean',
    'delivery.security.signing.detached must be true or false',
  );
  requireThat(
    where,
    signing?.detached !== false || encryption === 'pgp',
    "delivery.security.signing.detached: false is a signature in the encrypted message and needs encryption: 'pgp'",
  );
  requireThat(
    where,
    encryption === undefined || !compression.includes('zip'),
    "delivery.compression 'zip' needs the file as it lies and cannot be inside PGP; use 'gzip'",
  );
}

const namePlaceholders = ['yyyyMMdd', 'yyyy-MM-dd', 'yyyyMM', 'yyyyMMddHHmmss', 'digits'];

function checkDialect(where: string, { dialect, columns, controlTotals }: FileLane): void {
  requireThat(
    where,
    [...dialect.delimiter].length === 1 && !isLineEnd(dialect.delimiter),
    'format.delimiter must be one character and no line end',
  );
  requireThat(
    where,
    dialect.quote === false || (typeof dialect.quote === 'string' && dialect.quote.length === 1),
    'format.quote must be one character or false',
  );
  requireThat(where, dialect.nullMarker !== '', 'format.nullMarker must be at least one character');
  requireThat(where, dialect.escape.length === 1, 'format.escape must be one character');
  requireThat(
    where,
    !isLineEnd(dialect.escape) && !isLineEnd(dialect.quote),
    'format.quote and format.escape may be no line end',
  );
  requireThat(where, dialect.quote !== dialect.delimiter, 'format.quote and format.delimiter must differ');
  requireThat(where, dialect.escape !== dialect.delimiter, 'format.escape and format.delimiter must differ');
  requireThat(where, dialect.comment !== '', 'format.comment must be at least one character');
  requireThat(
    where,
    dialect.trailer?.startsWith !== '',
    'format.trailer.startsWith must be at least one character',
  );
  for (const mark of [dialect.delimiter, dialect.quote || '"', dialect.escape]) {
    requireThat(
      where,
      mark.charCodeAt(0) < 128,
      `format: "${mark}" must be an ASCII character, so that records can be cut in any encoding`,
    );
  }
  for (const column of Object.keys(dialect.trailer?.totals ?? {})) {
    requireThat(where, Object.hasOwn(columns, column), `format.trailer.totals: "${column}" is not a column`);
    requireThat(
      where,
      controlTotals.includes(column),
      `format.trailer.totals: "${column}" must be among controlTotals`,
    );
  }
}

const isLineEnd = (mark: string | false): boolean => mark === '\r' || mark === '\n';

function checkIdentity(where: string, lane: FileLane): void {
  requireThat(where, lane.key.length > 0, 'key must name at least one column');
  for (const name of lane.key)
    requireThat(
      where,
      !columnNamed(name, lane.columns, `${where}: key`).pii,
      `key "${name}" is personal data and would stand in event attributes and logs`,
    );
  requireThat(
    where,
    !lane.key.every(name => lane.columns[name]?.optional),
    'key must have a column that is never empty',
  );
  if (lane.version !== undefined) {
    checkVersion(where, lane, lane.version);
    requireThat(
      where,
      lane.duplicates === 'row',
      "version needs duplicates: 'row', or a value that goes A, B, A would lose its last A",
    );
  }
  if (lane.writeOnce) {
    requireThat(
      where,
      lane.duplicates === 'row',
      "writeOnce needs duplicates: 'row', which compares the rows",
    );
    requireThat(where, lane.version === undefined, 'writeOnce and version exclude each other');
  }
}

/** Versions are compared as text of equal length: times in UTC, and whole numbers that are never negative. */
function checkVersion(where: string, { columns }: FileLane, version: string): void {
  const { type, min, optional } = columnNamed(version, columns, `${where}: version`);
  requireThat(
    where,
    type === 'date' || type === 'time' || (type === 'integer' && Number(min ?? -1) >= 0),
    `version "${version}" must be a date, a time, or a whole number from 0, e.g. integer({ min: 0 })`,
  );
  requireThat(where, !optional, `version "${version}" may not be optional: an empty version orders nothing`);
}

function checkTotals(where: string, lane: FileLane): void {
  for (const column of lane.controlTotals) {
    const { type } = columnNamed(column, lane.columns, `${where}: controlTotals`);
    requireThat(
      where,
      type === 'integer' || type === 'decimal',
      `controlTotals "${column}" must be a number: read it with integer() or decimal()`,
    );
  }
}

/** @throws ContractError where there is no such column; `option` is what names it, and where it stands. */
function columnNamed(name: string, columns: Columns, option: string): Columns[string] {
  const column = Object.hasOwn(columns, name) ? columns[name] : undefined;
  if (column) return column;
  const known = Object.keys(columns);
  const nearest = nearestOf(name, known);
  const hint = nearest === undefined ? '' : `; did you mean "${nearest}"?`;
  throw new ContractError(`${option} "${name}" is not a column; columns are ${known.join(', ')}${hint}`);
}
