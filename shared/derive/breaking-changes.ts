import { isDeepStrictEqual } from 'node:util';
import type { JsonSchema } from './event-schema.ts';

/** Keywords that describe a schema and restrict nothing. */
const annotations = ['$schema', '$id', 'title', 'description', 'examples'];

/**
 * The changes between a released schema and its successor that can break a consumer or an archived event.
 * Only new properties that are optional or nullable are allowed, at any depth. Everything else needs a new version.
 */
export function breakingChanges(released: JsonSchema, current: JsonSchema, path = 'data'): string[] {
  const own = isDeepStrictEqual(rules(released), rules(current)) ? [] : [`${path}: its rules changed`];
  return [...own, ...itemChanges(released, current, path), ...propertyChanges(released, current, path)];
}

/** Every keyword except those that are compared property by property. */
const rules = (schema: JsonSchema): object =>
  Object.fromEntries(
    Object.entries(schema).filter(
      ([key]) => !annotations.includes(key) && !['properties', 'required', 'items'].includes(key),
    ),
  );

function itemChanges(released: JsonSchema, current: JsonSchema, path: string): string[] {
  if (!released.items && !current.items) return [];
  if (!released.items || !current.items) return [`${path}: its items changed`];
  return breakingChanges(released.items, current.items, `${path}[]`);
}

function propertyChanges(released: JsonSchema, current: JsonSchema, path: string): string[] {
  const [before, after] = [released.properties ?? {}, current.properties ?? {}];
  const kept = Object.entries(before).flatMap(([name, property]) => {
    const where = `${path}.${name}`;
    const next = after[name];
    if (!next) return [`${where}: was removed`];
    const change = requirementChange(isRequired(released, name), isRequired(current, name));
    return [...(change ? [`${where}: ${change}`] : []), ...breakingChanges(property, next, where)];
  });
  const added = Object.entries(after)
    .filter(([name, property]) => !before[name] && isRequired(current, name) && !isNullable(property))
    .map(([name]) => `${path}.${name}: is new and neither optional nor nullable`);
  return [...kept, ...added];
}

function requirementChange(before: boolean, after: boolean): string | undefined {
  if (before === after) return undefined;
  return after ? 'became required' : 'became optional';
}

const isRequired = (schema: JsonSchema, name: string): boolean => schema.required?.includes(name) ?? false;

const isNullable = (schema: JsonSchema): boolean =>
  [schema.type].flat().includes('null') || (schema.anyOf?.some(isNullable) ?? false);
