import * as z from 'zod';

/** Why a request is not answered as asked. */
export const problemShape = z.object({
  status: z.int(),
  code: z.enum(['INVALID_REQUEST', 'NOT_FOUND', 'NOT_DEPLOYED', 'NOT_ALLOWED', 'CONFLICT', 'FAILED']),
  detail: z.string(),
  remedy: z.string(),
});

export type ProblemText = z.infer<typeof problemShape>;

/** An expected end of a request. Thrown by the flow, answered by the router. */
export class Problem extends Error {
  override readonly name = 'Problem';
  readonly text: ProblemText;

  constructor(text: ProblemText) {
    super(text.detail);
    this.text = text;
  }
}

export const invalid = (detail: string, remedy: string): Problem =>
  new Problem({ status: 400, code: 'INVALID_REQUEST', detail, remedy });

export const notFound = (detail: string, remedy: string): Problem =>
  new Problem({ status: 404, code: 'NOT_FOUND', detail, remedy });

export const notDeployed = (integration: string): Problem =>
  new Problem({
    status: 409,
    code: 'NOT_DEPLOYED',
    detail: `integration ${integration} is known, but its stack is not deployed`,
    remedy: 'Deploy its stack.',
  });

export const notAllowed = (detail: string, remedy: string): Problem =>
  new Problem({ status: 403, code: 'NOT_ALLOWED', detail, remedy });

export const conflict = (detail: string, remedy: string): Problem =>
  new Problem({ status: 409, code: 'CONFLICT', detail, remedy });
