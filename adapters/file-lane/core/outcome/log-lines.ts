/** Messages of the lane's log lines. Flow and alarms share them, so that neither can be renamed alone. */
export const logLines = {
  fileSettled: 'file settled',
  /** Before `file settled`: rows or the whole file met faults. */
  faultsFound: 'faults found',
  deadLetterKept: 'dead letter kept',
  laneStopped: 'lane stopped',
  messageFailed: 'message failed',
  messageNotHidden: 'message not hidden',
  objectIgnored: 'object ignored',
  nothingToReprocess: 'nothing to reprocess',
  faultNotRecorded: 'fault not recorded',
  missingPublished: 'missing events published',
  answerWrittenAgain: 'answer written again',
  retryNotRecorded: 'retry not recorded',
} as const;
