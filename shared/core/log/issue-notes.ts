/** A fault that operators should learn of, as a log line carries it. It holds ids and places, never content. */
export interface IssueNote {
  /** A code of the fault table, or of the adapter's own. */
  readonly code: string;
  /** How many units met it. */
  readonly count: number;
  /** One of them: the id by which operators find it. */
  readonly unit: string;
  /** Where in the unit: a line, a column, a stream. */
  readonly place?: string | undefined;
}

/**
 * The field of a log line that makes issues of faults, empty where there are none. Lines with the same `once` are counted once:
 * give one where the work that logs them may be repeated.
 */
export const issueNotes = (
  notes: readonly IssueNote[],
  once?: string,
): { readonly issues?: readonly (IssueNote & { readonly once?: string })[] } =>
  notes.length === 0 ? {} : { issues: notes.map(note => ({ ...note, ...(once !== undefined && { once }) })) };

/** The CloudWatch filter pattern for log lines that carry issues. */
export const linesWithIssues = '{ $.issues[0].code = "*" }';
