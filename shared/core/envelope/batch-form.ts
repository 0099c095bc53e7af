/**
 * Many events in one `detail`: the attributes that they share, their number as `eventcount`, and `events`, a list of objects, each
 * with an event's own attributes and its `data`. Shared and own attributes together are the event.
 */
export const batchDetail = (shared: string, own: readonly string[]): string =>
  `{${shared}"eventcount":${own.length},"events":[${own.join(',')}]}`;

/** Bytes (UTF-8) of a batch's detail beside its shared attributes, its events and the commas between them. */
export const batchFrameBytes: number = Buffer.byteLength(batchDetail('', [])) + '99999'.length;

/**
 * The details of the events in a detail, each as if it had been published alone; the detail itself when it is one event. It works on
 * the text, for numbers may have more digits than are read.
 */
export function detailsIn(detail: string): readonly string[] {
  // Most details are one event: a look at the text costs a part of the pattern.
  const batch = detail.includes('"eventcount":') ? batchBegin.exec(detail) : null;
  if (!batch?.groups) return [detail];
  const shared = batch.groups.shared ?? '';
  return objectsIn(detail, batch[0].length).map(own => `{${shared}${own.slice(1)}`);
}

/** Shared attributes are texts, and stand before all else: no data can look like it. */
const batchBegin = /^\{(?<shared>(?:"[a-z]+":"[^"\\]*(?:\\.[^"\\]*)*",)*)"eventcount":\d+,"events":\[/;

/** The texts of the objects of a list, from behind its bracket to its end. */
function objectsIn(text: string, start: number): string[] {
  const objects: string[] = [];
  let depth = 0;
  let begin = start;
  for (let at = start; at < text.length; at++) {
    const letter = text[at];
    if (letter === '"') at = endOfText(text, at);
    else if (letter === '{' || letter === '[') {
      if (depth === 0) begin = at;
      depth += 1;
    } else if (letter === '}' || letter === ']') {
      depth -= 1;
      if (depth < 0) break;
      if (depth === 0) objects.push(text.slice(begin, at + 1));
    }
  }
  return objects;
}

/** The place of the quote that ends the text which begins with a quote. */
function endOfText(text: string, begin: number): number {
  for (let at = begin + 1; ; at++) {
    const quote = text.indexOf('"', at);
    if (quote < 0) return text.length;
    let backslashes = 0;
    while (text[quote - 1 - backslashes] === '\\') backslashes += 1;
    if (backslashes % 2 === 0) return quote;
    at = quote;
  }
}
