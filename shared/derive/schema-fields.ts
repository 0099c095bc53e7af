import type { JsonSchema } from './event-schema.ts';

export interface SchemaField {
  /** With dots between names. Elements of an array are written `path[]`. */
  readonly path: string;
  readonly type: string;
  readonly required: boolean;
  readonly pii: string | undefined;
}

/** The leaves of an object's schema, in order, for people to read. An object that can be null comes before its own leaves. */
export const fieldsOf = (schema: JsonSchema, prefix = ''): SchemaField[] =>
  Object.entries(schema.properties ?? {}).flatMap(([name, field]) => {
    const path = prefix + name;
    if (field.properties) return fieldsOf(field, `${path}.`);
    if (field.items?.properties) return fieldsOf(field.items, `${path}[].`);
    const required = schema.required?.includes(name) ?? false;
    const perhaps = field.anyOf?.find(choice => choice.properties);
    return [
      { path, type: typeInWords(field), required, pii: field['x-pii'] },
      ...(perhaps ? fieldsOf(perhaps, `${path}.`) : []),
    ];
  });

function typeInWords(schema: JsonSchema): string {
  if (schema.const !== undefined) return `always ${JSON.stringify(schema.const)}`;
  if (schema.enum) return `one of ${schema.enum.join(', ')}`;
  if (schema.anyOf) return schema.anyOf.map(typeInWords).join(' or ');
  if (schema.items) return `list of ${typeInWords(schema.items)}`;
  return schema.format ?? [schema.type ?? 'anything'].flat().join(' or ');
}
