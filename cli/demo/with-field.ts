/** A body with other text in one of its fields: a JSON pointer, or the name of a form's field. `*` is each item of a list. */
export function withField(body: Uint8Array, field: string, text: string): Uint8Array {
  const written = Buffer.from(body).toString('utf8');
  if (!field.startsWith('/')) {
    const form = new URLSearchParams(written);
    form.set(field, text);
    return Buffer.from(form.toString());
  }
  const value: unknown = JSON.parse(written);
  putText(value, field.split('/').slice(1), text);
  return Buffer.from(JSON.stringify(value));
}

function putText(value: unknown, path: readonly string[], text: string): void {
  const [name = '', ...rest] = path;
  if (typeof value !== 'object' || value === null) return;
  const parent = value as Record<string, unknown>;
  for (const key of name === '*' ? Object.keys(parent) : [name])
    if (rest.length === 0) parent[key] = text;
    else putText(parent[key], rest, text);
}
