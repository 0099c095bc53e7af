import type { EventLine } from '#operate/core/shapes/events.ts';

/** An event in forms that can be used elsewhere. The operator's API gives no `data`: its place is marked. */

/** Asks the operator's API for it, signed by curl with the credentials of the environment. */
export function asCurl({ id, publishedAt }: EventLine): string {
  const from = new Date(Date.parse(publishedAt) - 60_000).toISOString();
  const to = new Date(Date.parse(publishedAt) + 60_000).toISOString();
  const query = new URLSearchParams({ id, from, to });
  return [
    `curl -s "$OPERATOR_API_URL/operate/events?${query}" \\`,
    '  --aws-sigv4 "aws:amz:$AWS_REGION:execute-api" \\',
    '  --user "$AWS_ACCESS_KEY_ID:$AWS_SECRET_ACCESS_KEY" \\',
    '  -H "x-amz-security-token: $AWS_SESSION_TOKEN"',
  ].join('\n');
}

/** As `expected.json` of a sample names an event. */
export const asSample = ({ type, subject }: EventLine, data: unknown = {}): string =>
  JSON.stringify({ type, subject, data }, undefined, 2);

/** As a test of a consumer writes it. */
export function asTypeScript(
  { object: _, integration: __, publishedAt: ___, ...attributes }: EventLine,
  data: unknown = {},
): string {
  const lines = Object.entries({ specversion: '1.0', ...attributes }).map(
    ([name, value]) => `  ${name}: ${literal(value)},`,
  );
  return ['const event = {', ...lines, `  data: ${JSON.stringify(data)},`, '} as const;'].join('\n');
}

/** A single-quoted text; JSON escapes what must be escaped. */
const literal = (text: string): string => (/['\\\n\r]/.test(text) ? JSON.stringify(text) : `'${text}'`);
