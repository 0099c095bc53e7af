/** What is shown of content: a browser shows some megabytes of text, and no more. */
const shownCharacters = 200_000;

/** Of content as the API gives it. Bytes that are no UTF-8 are shown as such. */
export function textOf({ base64, next }: { readonly base64: string; readonly next: string | null }): string {
  const text = decoded(base64) ?? '';
  return next === null ? text : `${text}\n… there is more: the command writes all of it`;
}

/** Undefined: it is no base64. */
function decoded(base64: string): string | undefined {
  try {
    return new TextDecoder().decode(Uint8Array.from(atob(base64), character => character.charCodeAt(0)));
  } catch {
    return undefined;
  }
}

/** JSON in lines, of a request its body after the rest, and any other text as it is; cut. */
export function readable(text: string): string {
  const lines = linesOf(text);
  return lines.length > shownCharacters
    ? `${lines.slice(0, shownCharacters)}\n… (${lines.length} characters)`
    : lines;
}

function linesOf(text: string): string {
  const json = jsonOf(text);
  const body = bodyIn(json);
  if (body === undefined) return prettyOf(text);
  const { body: _, bodyBase64: __, ...request } = json as Record<string, unknown>;
  return `${JSON.stringify(request, undefined, 2)}\n\n${prettyOf(body)}`;
}

function prettyOf(text: string): string {
  const json = jsonOf(text);
  return json === undefined ? text : JSON.stringify(json, undefined, 2);
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Of a request as it is kept: its body is text or base64 within JSON, and nobody reads that. */
function bodyIn(json: unknown): string | undefined {
  const { headers, body, bodyBase64 } = Object(json) as Readonly<Record<string, unknown>>;
  if (headers === undefined) return undefined;
  if (typeof body === 'string') return body;
  return typeof bodyBase64 === 'string' ? decoded(bodyBase64) : undefined;
}

/** The member of a line of the bus log that holds the event. Undefined where it is none. */
export function eventIn(line: string): { readonly data: unknown } | undefined {
  try {
    const { detail } = JSON.parse(line) as { readonly detail?: { readonly data?: unknown } };
    return detail && { data: detail.data };
  } catch {
    return undefined;
  }
}
