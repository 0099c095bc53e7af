/**
 * How a partner writes its file. Defaults are RFC 4180 in UTF-8. Blank lines and rows of empty cells (`;;;`) are no records.
 */
export interface FileFormat {
  /** One character. Default `,`. */
  readonly delimiter?: string;
  /** One character, or false when the format has no quoting. Default `"`. */
  readonly quote?: string | false;
  /**
   * The character before a quote, or before itself, that belongs to the text of a quoted field. Before any other character,
   * and outside quotes, it is text like any other, as in PostgreSQL's COPY. Default: the quote itself, doubled.
   */
  readonly escape?: string;
  /** A field that is exactly this is empty, e.g. `\N` as MySQL and PostgreSQL write NULL. Default: none. */
  readonly nullMarker?: string;
  /** Default `utf-8` (with or without BOM). `utf-16` needs a BOM. `latin1` is read as `windows-1252`, as browsers do. */
  readonly encoding?: 'utf-8' | 'utf-16' | 'utf-16le' | 'utf-16be' | 'latin1' | 'windows-1252';
  /** `by-name` (default): columns are found by the header, in any order. `none`: columns are in the contract's order. */
  readonly header?: 'by-name' | 'none';
  /** Lines that begin with this are no records. */
  readonly comment?: string;
  /** The last line, which says what the file should hold; without it the file is rejected. */
  readonly trailer?: Trailer;
}

export interface Trailer {
  /** What the trailer line begins with, e.g. `TRL`. */
  readonly startsWith: string;
  /** Field (from 1) that holds the number of records. */
  readonly records?: number;
  /** Fields (from 1) that hold control totals, by column. */
  readonly totals?: Readonly<Record<string, number>>;
}

/** A format with every default filled in. */
export interface Dialect {
  readonly delimiter: string;
  readonly quote: string | false;
  readonly escape: string;
  readonly nullMarker: string | undefined;
  readonly encoding: NonNullable<FileFormat['encoding']>;
  readonly header: 'by-name' | 'none';
  readonly comment: string | undefined;
  readonly trailer: Trailer | undefined;
}

export const dialectOf = (format: FileFormat = {}): Dialect => ({
  delimiter: format.delimiter ?? ',',
  quote: format.quote ?? '"',
  escape: format.escape ?? (format.quote || '"'),
  nullMarker: format.nullMarker,
  encoding: format.encoding ?? 'utf-8',
  header: format.header ?? 'by-name',
  comment: format.comment,
  trailer: format.trailer,
});
