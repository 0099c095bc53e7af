import type * as z from 'zod';

/** Where a value does not fit a schema and in what way; never the value. */
export const issuesOf = (error: z.ZodError): string =>
  error.issues
    .slice(0, 5)
    .map(issue => `/${issue.path.map(String).join('/')}: ${issue.code}`)
    .join('; ');
