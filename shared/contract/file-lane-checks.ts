import type { FileLane } from './define-file-lane.ts';
import { ContractError } from './options.ts';
import { checkTenant, checkTreaty } from './treaty.ts';

/** Every promise of a file lane that types cannot hold. @throws ContractError */
export function checkFileLane(where: string, lane: FileLane): void {
  checkTreaty(where, lane);
  checkTenant(where, lane.tenant, Object.keys(lane.columns));
  checkDelivery(where, lane);
  checkSecurity(where, lane);
  checkDialect(where, lane);
  checkIdentity(where, lane);
  require(where, lane.events.length > 0, 'events must name at least one event');
  require(where, lane.maxInvalidShare >= 0 &&
    lane.maxInvalidShare <= 1, 'maxInvalidShare must lie between 0 and 1');
  require(where, Number.isInteger(lane.maxConcurrency) &&
    lane.maxConcurrency >=
      2, 'maxConcurrency must be a whole number from 2 (the least a queue can be given)');
  for (const column of lane.controlTotals) requireColumn(where, lane, 'controlTotals', column);
}

function checkDelivery(where: string, { delivery, duplicateScope }: FileLane): void {
  require(where, /^[a-z0-9][a-z0-9/-]*[a-z0-9]$/.test(
    delivery.folder,
  ), 'delivery.folder must be lower-case letters, digits, hyphens and slashes');
  const placeholders = [...delivery.name.matchAll(/\{([^}]*)\}/g)].map(match => match[1]!);
  for (const placeholder of placeholders) {
    require(where, namePlaceholders.includes(
      placeholder,
    ), `delivery.name: {${placeholder}} is not a placeholder; known: ${namePlaceholders.join(', ')}`);
  }
  require(where, !delivery.name.includes('/'), 'delivery.name may not contain a slash');
  const periods = placeholders.filter(placeholder => placeholder !== 'digits');
  require(where, periods.length <= 1, 'delivery.name may carry one period');
  require(where, duplicateScope === 'content' ||
    periods.length === 1, "duplicateScope 'period' needs a period in delivery.name, e.g. {yyyyMMdd}");
  require(where, delivery.retentionDays >= 1, 'delivery.retentionDays must be at least 1');
}

function checkSecurity(where: string, { delivery: { security, compression } }: FileLane): void {
  const { encryption, signing } = security;
  require(
    where,
    encryption === undefined || encryption === 'pgp',
    "delivery.security.encryption must be 'pgp' or left out",
  );
  require(
    where,
    signing === undefined || typeof signing.detached === 'boolean',
    'delivery.security.signing.detached must be true or false',
  );
  require(
    where,
    signing?.detached !== false || encryption === 'pgp',
    "delivery.security.signing.detached: false is a signature in the encrypted message and needs encryption: 'pgp'",
  );
  require(
    where,
    encryption === undefined || !compression.includes('zip'),
    "delivery.compression 'zip' needs the file as it lies and cannot be inside PGP; use 'gzip'",
  );
}

export const namePlaceholders = ['yyyyMMdd', 'yyyy-MM-dd', 'yyyyMM', 'yyyyMMddHHmmss', 'digits'];

function checkDialect(where: string, { dialect, columns, controlTotals }: FileLane): void {
  require(where, [...dialect.delimiter].length === 1 &&
    !/[\r\n]/.test(dialect.delimiter), 'format.delimiter must be one character and no line end');
  require(where, dialect.quote === false ||
    dialect.quote.length === 1, 'format.quote must be one character or false');
  require(where, dialect.escape.length === 1, 'format.escape must be one character');
  require(where, dialect.quote !== dialect.delimiter, 'format.quote and format.delimiter must differ');
  for (const mark of [dialect.delimiter, dialect.quote || '"', dialect.escape]) {
    require(where, mark.charCodeAt(0) <
      128, `format: "${mark}" must be an ASCII character, so that records can be cut in any encoding`);
  }
  for (const column of Object.keys(dialect.trailer?.totals ?? {})) {
    require(where, column in columns, `format.trailer.totals: "${column}" is not a column`);
    require(where, controlTotals.includes(
      column,
    ), `format.trailer.totals: "${column}" must be among controlTotals`);
  }
}

function checkIdentity(where: string, lane: FileLane): void {
  require(where, lane.key.length > 0, 'key must name at least one column');
  for (const column of lane.key) {
    requireColumn(where, lane, 'key', column);
    require(where, !lane.columns[column]!
      .pii, `key "${column}" is personal data and would stand in event attributes and logs`);
  }
  if (lane.version !== undefined) {
    requireColumn(where, lane, 'version', lane.version);
    require(where, lane.duplicates ===
      'row', "version needs duplicates: 'row', or a value that goes A, B, A would lose its last A");
  }
  if (lane.duplicates === 'row') {
    require(where, lane.version !== undefined ||
      lane.writeOnce !==
        undefined, "duplicates: 'row' needs a version, or writeOnce with a reason why a key is never written twice");
  }
}

function requireColumn(where: string, lane: FileLane, option: string, column: string): void {
  require(where, column in
    lane.columns, `${option} "${column}" is not a column; columns are ${Object.keys(lane.columns).join(', ')}`);
}

function require(where: string, holds: boolean, message: string): asserts holds {
  if (!holds) throw new ContractError(`${where}: ${message}`);
}
