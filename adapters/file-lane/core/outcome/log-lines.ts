/** Messages of the lane's log lines. Flow and alarms share them, so that neither can be renamed alone. */
export const logLines = {
  fileSettled: 'file settled',
  laneStopped: 'lane stopped',
  messageFailed: 'message failed',
  objectIgnored: 'object ignored',
  faultNotRecorded: 'fault not recorded',
  retryNotRecorded: 'retry not recorded',
} as const;
