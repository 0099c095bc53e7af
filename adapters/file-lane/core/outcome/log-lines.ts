/** Messages of log lines that alarms count. Flow and alarms share them, so that neither can be renamed alone. */
export const logLines = {
  fileSettled: 'file settled',
  laneStopped: 'lane stopped',
  messageFailed: 'message failed',
} as const;
