import type { FaultCode } from './fault.ts';

export type FieldFaultCode = Extract<
  FaultCode,
  | 'MISSING_VALUE'
  | 'NOT_A_NUMBER'
  | 'OUT_OF_RANGE'
  | 'NOT_A_DATE'
  | 'IMPOSSIBLE_TIME'
  | 'UNKNOWN_CODE'
  | 'WRONG_FORM'
>;

/** What a field answers instead of a value. A class, so that readers need not wrap every good value. */
export class Refusal {
  readonly code: FieldFaultCode;
  /** What was agreed; never quotes the value, which may be personal. */
  readonly detail: string;
  /** The column to blame, where a mapping refuses what lies between columns. */
  readonly column: string | undefined;

  constructor(code: FieldFaultCode, detail: string, column?: string) {
    this.code = code;
    this.detail = detail;
    this.column = column;
  }
}

/** `date` and `time`: text that is in order when compared as text. */
export type FieldType = 'integer' | 'decimal' | 'date' | 'time';

/**
 * One column of a partner's file: the text as it arrives, read into a canonical value.
 * `form` says in words what is accepted; it stands in refusals, the runbook and the partner's guide.
 */
export interface Field<T = unknown> {
  readonly form: string;
  readonly read: (raw: string) => T | Refusal;
  /** The value when the text is empty; without it an empty text is MISSING_VALUE. */
  readonly optional?: boolean;
  /** What the value is, where control totals and versions must know. */
  readonly type?: FieldType;
  /** The least value that the reader lets through, of a number. */
  readonly min?: number | string;
  /** Personal data: masked in logs, refused as a business key. */
  readonly pii?: string;
  /** The partner's codes with what each means here, for documents. */
  readonly codes?: Readonly<Record<string, string>>;
  /** Other spellings of the header. */
  readonly aliases?: readonly string[];
}

export type Columns = Readonly<Record<string, Field>>;

/** The canonical values of one row, by column name. */
export type Row<C extends Columns> = { readonly [K in keyof C]: C[K] extends Field<infer T> ? T : never };
