/** Messages of the fence's log lines. The flow writes them and the alarms look for them: one constant for both. */
export const logLines = {
  requestSettled: 'request settled',
  requestSpilled: 'request spilled',
  requestRefused: 'request refused',
  deliveryRefused: 'delivery refused',
  requestFailed: 'request failed',
  statusFailed: 'status failed',
  deliveryQuarantined: 'delivery quarantined',
  itemsRepeated: 'items repeated',
  deliveryCorrected: 'delivery corrected',
  busDenied: 'bus denied',
  busUnavailable: 'bus unavailable',
  drainFailed: 'drain failed',
  deadLetterKept: 'dead letter kept',
  drainRepeated: 'drain repeated',
  missingPublished: 'missing events published',
  drainConflict: 'drain conflict',
  rejectNotKept: 'reject not kept',
  rejectReleased: 'reject released',
  rejectNotReleased: 'reject not released',
  releaseStopped: 'release stopped',
  secretRead: 'secret read',
  secretUnreadable: 'secret unreadable',
  keysUnreadable: 'published keys unreadable',
  secretOverdue: 'secret overdue',
  previousSecretUsed: 'previous secret used',
} as const;

/** `code` of a request that was answered 503 because the fence has no usable key. */
export const noKeysCode = 'NO_KEYS';
