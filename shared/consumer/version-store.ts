/**
 * Keeps, for each aggregate, its state with the sequence of the event that made it. An implementation must decide and write
 * in one step (on DynamoDB one conditional write: `attribute_not_exists(#sequence) OR #sequence < :sequence`); reading first
 * and writing later lets a slow, older event win.
 */
export interface VersionStore<S> {
  /**
   * Writes when the aggregate is unknown or its sequence is smaller; false, and nothing written, otherwise. An undefined state
   * is a deletion: its sequence must stay, at least as long as older events may still arrive, or one of them would bring the
   * aggregate back.
   */
  writeIfNewer(key: string, sequence: string, state: S | undefined): Promise<boolean>;
}
