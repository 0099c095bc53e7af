/** Asks for a settled file, or for its quarantined rows, to be reprocessed, after the contract was corrected. */
export interface ReprocessMessage {
  readonly kind: 'edge.reprocess';
  readonly handoffId: string;
  /** Names the request: the same one again changes nothing. */
  readonly request: string;
  /** ISO 8601 UTC: when it was asked. */
  readonly at: string;
}
