/** What a schema found wrong, as zod says it. */
interface SchemaError {
  readonly issues: readonly { readonly path: readonly PropertyKey[]; readonly code: string }[];
}

/** How many issues a fault names. */
const issuesMax = 5;

/** Where JSON does not fit a schema, and in what way: `/items/0/price: invalid_type`. Never holds a value. */
export const describeIssues = ({ issues }: SchemaError): string =>
  issues
    .slice(0, issuesMax)
    .map(({ path, code }) => `${jsonPointer(path) || 'the top level'}: ${code}`)
    .join('; ');

/** A JSON pointer (RFC 6901); empty for the whole document. */
export const jsonPointer = (path: readonly PropertyKey[]): string =>
  path.map(part => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
