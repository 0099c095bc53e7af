/** Items of the operators' table whose keys begin so are issues. */
export const issuesPrefix = 'issue#';

/** The partition of an integration's issues. Their codes are the sort keys. */
export const issuesKey = (integration: string): string => issuesPrefix + integration;
