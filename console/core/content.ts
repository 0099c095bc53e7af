/** What is shown of content: a browser shows some megabytes of text, and no more. */
const shownCharacters = 200_000;

/** Of content as the API gives it. Bytes that are no UTF-8 are shown as such. */
export function textOf({ base64, next }: { readonly base64: string; readonly next: string | null }): string {
  const bytes = Uint8Array.from(atob(base64), character => character.charCodeAt(0));
  const text = new TextDecoder().decode(bytes);
  return next === null ? text : `${text}\n… there is more: the command writes all of it`;
}

/** JSON in lines, and any other text as it is; cut. */
export function readable(text: string): string {
  const lines = linesOf(text);
  return lines.length > shownCharacters
    ? `${lines.slice(0, shownCharacters)}\n… (${lines.length} characters)`
    : lines;
}

function linesOf(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), undefined, 2);
  } catch {
    return text;
  }
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
