/** What ordering needs of one of our events: the `detail` that EventBridge delivers has it all. */
export interface SequencedEvent {
  readonly id: string;
  readonly tenantid: string;
  readonly aggregatetype: string;
  readonly aggregateid: string;
  /** Compares as text: of two events of one aggregate, the greater is the newer. Snapshot reads sort below live changes. */
  readonly sequence: string;
}

/**
 * Names the aggregate across tenants and types, or a part of it that has a state of its own. All is length-prefixed, so that
 * no two share a key.
 */
export const aggregateKey = (
  { tenantid, aggregatetype, aggregateid }: SequencedEvent,
  part?: string,
): string =>
  [tenantid, aggregatetype, aggregateid, ...(part === undefined ? [] : [part])]
    .map(name => `${name.length}:${name}`)
    .join('');
