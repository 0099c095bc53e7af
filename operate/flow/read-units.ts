import { limits } from '#shared/contract/limits.ts';
import { jsonOf } from '#shared/core/json-of.ts';
import type { KnownIntegration } from '../core/known-integration.ts';
import { quarantineReadings, unreadableUnit } from '../core/quarantine-reading.ts';
import type { QuarantinedUnit } from '../core/shapes/quarantine.ts';
import type { Objects } from '../ports.ts';

/** A unit, and the byte of its report at which it ends. */
export interface ReadUnit {
  readonly unit: QuarantinedUnit;
  readonly end: number;
}

const newline = 0x0a;

/** The units of one report from a byte on. A report that is gone has none: it expired, or its units were reprocessed. */
export async function* readUnits(
  objects: Objects,
  known: KnownIntegration,
  { key, byte }: { readonly key: string; readonly byte: number },
): AsyncGenerator<ReadUnit> {
  const { isLines, unitOf } = quarantineReadings[known.kind];
  const unitIn = (bytes: Uint8Array) =>
    unitOf(known.id, key, jsonOf(Buffer.from(bytes).toString('utf8'))) ?? unreadableUnit(known.id, key);
  for (let at = byte; ; ) {
    const window = await objects.read('quarantine', key, { start: at, end: at + windowBytes });
    if (!window || window.length === 0) return;
    const isLast = window.length < windowBytes;
    let start = 0;
    while (start < window.length) {
      const found = isLines ? window.indexOf(newline, start) : -1;
      const isCut = found === -1 && isLines && !isLast && start > 0;
      if (isCut) break;
      const end = found === -1 ? window.length : found;
      yield { unit: unitIn(window.subarray(start, end)), end: at + end + 1 };
      start = end + 1;
    }
    if (isLast || !isLines) return;
    at += start;
  }
}

const windowBytes = limits.quarantineReadBytesMax;
