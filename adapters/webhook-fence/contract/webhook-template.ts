/** A part of a template: literal text, or a placeholder such as `{body}` or `{field:/data/id}`. */
export type TemplatePart =
  | { readonly text: string }
  | {
      readonly name: string;
      /** What stands after the colon; empty without one. */
      readonly of: string;
      /** As it is written, with its braces. */
      readonly written: string;
    };

export type Placeholder = Extract<TemplatePart, { readonly name: string }>;

export const templateParts = (template: string): readonly TemplatePart[] =>
  template
    .split(/(\{[^}]*\})/)
    .filter(piece => piece !== '')
    .map(piece => (piece.startsWith('{') && piece.endsWith('}') ? placeholder(piece) : { text: piece }));

export const placeholdersOf = (template: string): readonly Placeholder[] =>
  templateParts(template).filter(part => 'name' in part);

export const holdsPlaceholder = (template: string, ...names: readonly string[]): boolean =>
  placeholdersOf(template).some(({ name }) => names.includes(name));

function placeholder(written: string): Placeholder {
  const inner = written.slice(1, -1);
  const at = inner.indexOf(':');
  return at < 0
    ? { name: inner, of: '', written }
    : { name: inner.slice(0, at), of: inner.slice(at + 1), written };
}
