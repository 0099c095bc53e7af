import type { EventContract } from '#shared/contract/define-event.ts';
import type { Columns } from '#shared/contract/field.ts';
import { deepFreeze } from '#shared/contract/options.ts';
import { checkShape } from '#shared/contract/shape.ts';
import { dialectOf } from './file-format.ts';
import type { FileLane, FileLaneSpec } from './file-lane.ts';
import { checkFileLane } from './file-lane-checks.ts';
import { fileLaneShape } from './file-lane-shape.ts';

/**
 * Declares a file lane: files under `<folder>/in/` become canonical events.
 * @throws ContractError naming what cannot be kept: a missing part, an unknown option, a key that is no column, a version without `duplicates: 'row'`, …
 */
export function defineFileLane<const C extends Columns, const E extends readonly EventContract[]>(
  spec: FileLaneSpec<C, E>,
): FileLane {
  const where = `file lane ${(spec as { id?: string } | undefined)?.id ?? 'without an id'}`;
  checkShape({ where }, spec, fileLaneShape);
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
