/** What one followed history came to. */
export interface Outcome {
  readonly name: string;
  readonly records: number;
  readonly published: number;
  readonly rows: number;
  /** Rows that the database and the consumer do not both have, and whatever was quarantined or stopped. */
  readonly troubles: readonly string[];
}
