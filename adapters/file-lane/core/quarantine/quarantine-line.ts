import { isUtf8 } from 'node:buffer';
import { hash } from 'node:crypto';
import type { Fault } from '#shared/contract/fault.ts';
import { itemAt } from '#shared/contract/item-at.ts';
import { limits } from '#shared/contract/limits.ts';

/** A further fault of a row; `column` where it is of one. */
export interface OtherFault extends Pick<Fault, 'code' | 'detail' | 'remedy'> {
  readonly column?: string;
}

/** One quarantined row, as it stands in the quarantine report: a line of JSON. */
export interface QuarantinedRow {
  readonly line: number;
  readonly record: number;
  /** Of the row in the file as read (decoded and decompressed), from 0. */
  readonly byteOffset: number;
  readonly bytes: number;
  /** The first fault; `others` holds the rest. */
  readonly code: Fault['code'];
  readonly class: Fault['class'];
  readonly column: string | null;
  readonly detail: string;
  readonly remedy: string;
  readonly others: readonly OtherFault[];
  /** The row as it lies in the file; cut at `quarantinedRowBytesMax`. */
  readonly raw: string;
  /** Base64 of the row, where its bytes are not UTF-8. */
  readonly rawBase64?: string;
  readonly truncated?: true;
  /**
   * SHA-256 (hex) of the whole row, also where `raw` is cut. Of a record longer than `recordBytesMax` only the first
   * `quarantinedRowBytesMax` bytes are at hand: those that `raw` keeps.
   */
  readonly sha256: string;
}

/** A row with its faults, at least one. `bytes` are those at hand; `length` is how long the row really is. */
export interface FaultyRow {
  readonly raw: Uint8Array;
  readonly length: number;
  readonly at: { readonly line: number; readonly record: number; readonly byteOffset: number };
  readonly faults: readonly Fault[];
}

export function quarantineLine({ raw, length, at, faults }: FaultyRow): string {
  const first = itemAt(faults, 0, 'fault');
  const kept = raw.subarray(0, limits.quarantinedRowBytesMax);
  const row: QuarantinedRow = {
    ...at,
    bytes: length,
    code: first.code,
    class: first.class,
    column: first.at.column ?? null,
    detail: first.detail,
    remedy: first.remedy,
    others: faults.slice(1).map(({ code, detail, remedy, at: { column } }) => ({
      code,
      detail,
      remedy,
      ...(column ? { column } : {}),
    })),
    raw: Buffer.from(kept).toString('utf8'),
    ...(isUtf8(kept) ? {} : { rawBase64: Buffer.from(kept).toString('base64') }),
    ...(kept.length < length ? { truncated: true } : {}),
    sha256: hash('sha256', raw, 'hex'),
  };
  return `${JSON.stringify(row)}\n`;
}
