import * as z from 'zod';

export const personalClasses = ['name', 'email', 'phone', 'address', 'identifier'] as const;
export type PersonalClass = (typeof personalClasses)[number];

const personal = z.registry<{ readonly pii: PersonalClass }>();

/** Tags a schema as personal data: masked in logs, shown in the catalogue, never part of an id. */
export function pii<S extends z.ZodType>(kind: PersonalClass, schema: S): S {
  const tagged = schema.clone() as S;
  personal.add(tagged, { pii: kind });
  return tagged;
}

/** The class a schema is tagged with, looking through optional and nullable wrappers. */
export function personalClass(schema: z.ZodType): PersonalClass | undefined {
  const own = personal.get(schema)?.pii;
  if (own) return own;
  const inner = wrapped(schema);
  return inner && personalClass(inner);
}

/** Dotted paths of all tagged fields; an array's elements are written `path[]`. */
export function personalPaths(schema: z.ZodType, path = ''): string[] {
  if (personalClass(schema)) return [path];
  if (schema instanceof z.ZodObject) {
    return Object.entries(schema.shape).flatMap(([key, field]) =>
      personalPaths(field as z.ZodType, path ? `${path}.${key}` : key),
    );
  }
  if (schema instanceof z.ZodArray) return personalPaths(schema.element as z.ZodType, `${path}[]`);
  const inner = wrapped(schema);
  return inner ? personalPaths(inner, path) : [];
}

const wrapped = (schema: z.ZodType): z.ZodType | undefined =>
  schema instanceof z.ZodOptional || schema instanceof z.ZodNullable
    ? (schema.unwrap() as z.ZodType)
    : undefined;
