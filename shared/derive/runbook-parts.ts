/** What a runbook says of its kind alone; the rest of the page is the same for all. Blocks of Markdown. */
export interface RunbookParts {
  readonly dataClass: string;
  readonly reconciliation: string;
  /** Where hand-offs, requests or batches are looked up, besides the alarms. */
  readonly dashboard: string;
  readonly secretRotation: string;
  /** Steps, in order. */
  readonly normalFlow: readonly string[];
  readonly deadLetters: string;
  readonly recovery: readonly string[];
  /** Sections of the kind’s own, headings included. */
  readonly more: readonly string[];
  readonly disable: string;
  /** Codes and kinds of the partner’s, with what they mean here. */
  readonly statuses: string;
}
