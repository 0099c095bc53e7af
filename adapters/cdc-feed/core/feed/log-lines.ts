/** Messages of a feed's log. Alarms, tools and tests look for them, so flows write these constants and nothing else. */
export const logLines = {
  /** The books of a batch are closed: every record has an outcome or comes again. */
  batchSettled: 'batch settled',
  /** Changes could not become events. */
  changesQuarantined: 'changes quarantined',
  /** Something other than the input stopped a batch: the stream brings it again. */
  batchStopped: 'batch stopped',
  /** The records received do not equal the records that ended. */
  booksUnbalanced: 'books unbalanced',
  /** A change that was not written before stands below changes before it: the log is another, or was set back. */
  positionFell: 'position fell',
  schemaDrift: 'schema drift',
  /** An operator had quarantined changes processed again. */
  changesReprocessed: 'changes reprocessed',
  /** The auditor of the bus had events published that were not there. */
  missingPublished: 'missing events published',
} as const;
