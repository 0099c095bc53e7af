import type { FaultCode } from '#shared/contract/fault.ts';

/** A value or record that cannot be read; becomes a fault once its place is known. Never holds the value itself. */
export class Unreadable {
  readonly code: FaultCode;
  readonly detail: string;
  readonly column: string | undefined;

  constructor(detail: string, code: FaultCode = 'UNDECODABLE_CHANGE', column?: string) {
    this.detail = detail;
    this.code = code;
    this.column = column;
  }

  /** The same, with the column it stands in. */
  in(column: string): Unreadable {
    return new Unreadable(this.detail, this.code, this.column ? `${column}.${this.column}` : column);
  }
}

export type Read<T> = T | Unreadable;
