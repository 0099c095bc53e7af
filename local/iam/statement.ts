import * as z from 'zod';
import { AssemblyError } from '../assembly/template.ts';
import { type Condition, readConditions } from './condition.ts';

/** One statement of an identity policy. */
export interface Statement {
  readonly effect: 'Allow' | 'Deny';
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  readonly conditions: readonly Condition[];
}

const oneOrMore = z.union([z.string(), z.array(z.string()).min(1)]).transform(value => [value].flat());

const statementShape = z.strictObject({
  Sid: z.string().optional(),
  Effect: z.enum(['Allow', 'Deny']),
  Action: oneOrMore,
  Resource: oneOrMore,
  Condition: z.record(z.string(), z.record(z.string(), oneOrMore)).default({}),
});

const documentShape = z.strictObject({
  Version: z.literal('2012-10-17').optional(),
  Statement: z.union([statementShape, z.array(statementShape)]).transform(value => [value].flat()),
});

/** @throws AssemblyError for what is not evaluated, so that nothing is allowed or denied by a guess. */
export function readStatements(where: string, document: unknown): readonly Statement[] {
  const read = documentShape.safeParse(document);
  if (!read.success)
    throw new AssemblyError(`${where}: this policy is not evaluated locally: ${z.prettifyError(read.error)}`);
  return read.data.Statement.map(({ Effect, Action, Resource, Condition }) => {
    for (const pattern of [
      ...Resource,
      ...Object.values(Condition).flatMap(keys => Object.values(keys).flat()),
    ])
      if (pattern.includes('${'))
        throw new AssemblyError(`${where}: policy variables are not evaluated locally: ${pattern}`);
    return {
      effect: Effect,
      actions: Action,
      resources: Resource,
      conditions: readConditions(where, Condition),
    };
  });
}
