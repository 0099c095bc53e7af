/** Messages of the reconciler's log lines. Flow and alarms share them. */
export const reconcilerLines = {
  completed: 'reconciliation completed',
  needsPeople: 'reconciliation needs people',
  failed: 'reconciliation failed',
  notDelivered: 'item not delivered',
  listingFailed: 'provider not listed',
  deliveredLate: 'item delivered late',
  overdue: 'file overdue',
  arrivedLate: 'file arrived late',
  busy: 'reconciliation is under way already',
} as const;
