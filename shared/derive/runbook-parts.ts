/** The parts of a runbook that differ by kind. The rest of the page is the same for all. Blocks of Markdown. */
export interface RunbookParts {
  readonly dataClass: string;
  readonly reconciliation: string;
  /** Where to look up hand-offs, requests or batches, besides the alarms. */
  readonly dashboard: string;
  readonly secretRotation: string;
  /** Steps, in order. */
  readonly normalFlow: readonly string[];
  readonly deadLetters: string;
  readonly recovery: readonly string[];
  /** Sections that only this kind has, with their headings. */
  readonly more: readonly string[];
  readonly disable: string;
  /** The partner’s codes and delivery types, and what each means here. */
  readonly statuses: string;
}
