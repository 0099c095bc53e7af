import { contractOptions } from '#shared/contract/contract-base.ts';
import type { EventContract } from '#shared/contract/define-event.ts';
import type { Columns } from '#shared/contract/field.ts';
import { deepFreeze, refuseUnknownOptions } from '#shared/contract/options.ts';
import { dialectOf, formatOptions } from './file-format.ts';
import type { FileLane, FileLaneSpec } from './file-lane.ts';
import { checkFileLane } from './file-lane-checks.ts';
import { securityOptions, signingOptions } from './file-security.ts';

export const deliveryOptions = [
  'folder',
  'name',
  'compression',
  'startsOn',
  'security',
  'via',
  'retentionDays',
];

const options = [
  ...contractOptions,
  'tenant',
  'delivery',
  'format',
  'columns',
  'key',
  'version',
  'writeOnce',
  'duplicates',
  'duplicateScope',
  'duplicateDays',
  'maxInvalidShare',
  'controlTotals',
  'maxConcurrency',
  'events',
  'skip',
  'map',
];

/**
 * Declares a file lane: files under `<folder>/in/` become canonical events.
 * @throws ContractError naming what cannot be kept: an unknown option, a key that is no column, a version without `duplicates: 'row'`, …
 */
export function defineFileLane<const C extends Columns, const E extends readonly EventContract[]>(
  spec: FileLaneSpec<C, E>,
): FileLane {
  const where = `file lane ${spec.id}`;
  refuseUnknownOptions(where, spec, options);
  refuseUnknownOptions(`${where}: delivery`, spec.delivery, deliveryOptions);
  refuseUnknownOptions(`${where}: delivery.security`, spec.delivery.security ?? {}, securityOptions);
  refuseUnknownOptions(
    `${where}: delivery.security.signing`,
    spec.delivery.security?.signing ?? {},
    signingOptions,
  );
  refuseUnknownOptions(`${where}: format`, spec.format ?? {}, formatOptions);
  const { format, ...declared } = spec;
  const lane = {
    ...declared,
    kind: 'file-lane',
    direction: 'inbound',
    delivery: {
      compression: [],
      startsOn: 'data',
      security: {},
      via: ['s3'],
      retentionDays: 400,
      ...spec.delivery,
    },
    dialect: dialectOf(format),
    version: spec.version,
    writeOnce: spec.writeOnce,
    duplicateScope: spec.duplicateScope ?? 'content',
    duplicateDays: spec.duplicateDays ?? 400,
    controlTotals: spec.controlTotals ?? [],
    maxConcurrency: spec.maxConcurrency ?? 10,
    skip: spec.skip ?? [],
  } as unknown as FileLane;
  checkFileLane(where, lane);
  return deepFreeze(lane);
}
