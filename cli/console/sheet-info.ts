/** Quarantined rows of a file as a sheet. */
export interface SheetInfo {
  readonly file: string;
  /** The file's own columns, in its order. */
  readonly columns: readonly string[];
  readonly rows: readonly SheetRow[];
}

export interface SheetRow {
  /** Names the row, so that a correction finds it again. */
  readonly id: string;
  /** In the file that the partner sent. */
  readonly line: string;
  /** Empty where the row could not be split into its columns: then `raw` is the row as it came. */
  readonly cells: readonly string[];
  readonly raw: string;
  /** The column of its first fault; empty where the fault is of the row as a whole. */
  readonly column: string;
  readonly code: string;
  /** All its faults, in words. */
  readonly problem: string;
  readonly remedy: string;
}

/** What the contract says of a row. */
export interface CheckedRow {
  readonly id: string;
  /** How many events it would make. 0: none, as it is faulty or a rule of the contract leaves it out. */
  readonly events: number;
  /** Why it makes no event, where a rule of the contract leaves it out. */
  readonly skipped?: string | undefined;
  readonly faults: readonly RowFault[];
}

export interface RowFault {
  readonly column?: string | undefined;
  readonly code: string;
  readonly detail: string;
  readonly remedy: string;
}

/** Rows as they were corrected. */
export interface GivenRows {
  readonly integration: string;
  /** The hand-off that quarantined them. */
  readonly id: string;
  readonly columns: readonly string[];
  readonly rows: readonly { readonly id: string; readonly cells: readonly string[] }[];
}

/** Rows of a file that somebody corrected elsewhere. */
export interface FixedRows {
  /** A cell is null where the file lacks its column. */
  readonly rows: readonly { readonly id: string; readonly cells: readonly (string | null)[] }[];
  /** Lines that could not be split into columns. */
  readonly unread: readonly number[];
}

/** A file of corrected rows, to be dropped under `fixed/`. */
export interface FixedFile {
  readonly name: string;
  readonly base64: string;
}
