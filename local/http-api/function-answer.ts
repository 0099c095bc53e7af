/** What the client gets. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | readonly string[]>>;
  readonly body: Buffer;
}

const json = { 'content-type': 'application/json' };

/** API Gateway's own answers. */
export const gatewayAnswer = (status: number, message: string): Answer => ({
  status,
  headers: json,
  body: Buffer.from(JSON.stringify({ message })),
});

export const internalError = gatewayAnswer(500, 'Internal Server Error');

interface Structured {
  readonly statusCode: unknown;
  readonly headers?: Readonly<Record<string, unknown>>;
  readonly cookies?: readonly string[];
  readonly body?: unknown;
  readonly isBase64Encoded?: boolean;
}

/** Reads what a function returned, by the rules of payload format 2.0: a result without `statusCode` is itself the body. */
export function functionAnswer(payload: string): Answer {
  const result: unknown = JSON.parse(payload);
  if (!isStructured(result)) return { status: 200, headers: json, body: Buffer.from(payload) };
  const status = Number(result.statusCode);
  const body = result.body ?? '';
  if (!Number.isInteger(status) || status < 200 || status > 599 || typeof body !== 'string')
    return internalError;
  const named = Object.entries(result.headers ?? {}).map(([name, value]) => [
    name.toLowerCase(),
    String(value),
  ]);
  return {
    status,
    headers: {
      'content-type': 'text/plain;charset=UTF-8',
      ...Object.fromEntries(named),
      ...(result.cookies && { 'set-cookie': result.cookies }),
    },
    body: Buffer.from(body, result.isBase64Encoded ? 'base64' : 'utf8'),
  };
}

const isStructured = (result: unknown): result is Structured =>
  typeof result === 'object' && result !== null && 'statusCode' in result;
