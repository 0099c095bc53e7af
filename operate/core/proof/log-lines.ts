/** Messages of the auditor's log lines. The function and its alarms share them. */
export const proofLines = {
  proven: 'events proven',
  missing: 'events missing on the bus',
  held: 'missing events are older than what is on the bus',
  unasked: 'the integration could not be asked for missing events',
  many: 'more events are missing than are published again',
  changed: 'missing events would say something else now',
  unlike: 'missing events cannot be derived',
  gone: 'what missing events are made of is no longer kept',
  trail: 'the audit trail is not as it was written',
  unclaimed: 'events on the bus that no unit claims',
  unreported: 'a consumer did not report events',
  unfinished: 'windows left for the next run',
} as const;
