import * as z from 'zod';
import type { Blueprint } from '../assembly/blueprint.ts';
import { AssemblyError, at, type Resource } from '../assembly/template.ts';

/** A resource's resolved properties, as the schema wants them. CloudFormation takes numbers and booleans as text too. */
export function readProperties<S extends z.ZodType>(
  blueprint: Blueprint,
  resource: Resource,
  schema: S,
): z.infer<S> {
  const read = schema.safeParse(blueprint.properties(resource));
  if (read.success) return read.data;
  throw new AssemblyError(`${at(resource)}: ${z.prettifyError(read.error)}`);
}

export const number = z.coerce.number();

export const boolean = z.union([z.boolean(), z.enum(['true', 'false']).transform(text => text === 'true')]);
