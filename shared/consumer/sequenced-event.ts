/** What ordering needs of one of our events: the `detail` that EventBridge delivers has it all. */
export interface SequencedEvent {
  readonly id: string;
  readonly tenantid: string;
  readonly aggregatetype: string;
  readonly aggregateid: string;
  /** Compares as text: of two events of one aggregate, the greater is the newer. Snapshot reads sort below live changes. */
  readonly sequence: string;
}

/** Names the aggregate across tenants and types; parts are length-prefixed so that no two aggregates share a key. */
export const aggregateKey = (event: SequencedEvent): string =>
  [event.tenantid, event.aggregatetype, event.aggregateid].map(part => `${part.length}:${part}`).join('');
