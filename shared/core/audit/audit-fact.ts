/** What happened to a unit of work. `operated`: a person or a plan changed something. */
export const auditSteps = ['received', 'transformed', 'published', 'acknowledged', 'operated'] as const;

export type AuditStep = (typeof auditSteps)[number];

/** Ids, hashes, counts and states: never content, names of files or personal data. */
export type AuditDetails = Readonly<Record<string, string | number | boolean>>;

/** What a trail says of one step. */
export interface AuditFact {
  readonly step: AuditStep;
  readonly integration: string;
  /** What it is about: a hand-off, a delivery, a batch, a plan. */
  readonly subject: string;
  /** ISO 8601 UTC: when the books were written. */
  readonly at: string;
  /** Id of the change of the books that says so. The same change has the same id when it comes again. */
  readonly change: string;
  readonly details: AuditDetails;
}
