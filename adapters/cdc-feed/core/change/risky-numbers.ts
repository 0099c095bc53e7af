/** Numbers of 16 digits and more, and those with a point or an exponent: everything a safe integer is not. */
const risky =
  /([:[,]\s*)(-?(?:[1-9]\d{15,}|(?:0|[1-9]\d*)(?=[.eE]))(?:\.\d+)?(?:[eE][+-]?\d+)?)(?=\s*[,\]}])/g;

/** Puts quotes around a text's risky numbers, and the mark before them. */
export function quoteRisky(json: string, mark: string): string {
  let quoted = '';
  let copied = 0;
  const strings = new StringWalk(json);
  risky.lastIndex = 0;
  for (let match = risky.exec(json); match; match = risky.exec(json)) {
    const outside = isAfterName(json, match.index) ? match.index : strings.outsideFrom(match.index);
    if (outside > match.index) {
      risky.lastIndex = outside;
      continue;
    }
    const [, before = '', number = ''] = match;
    const start = match.index + before.length;
    quoted += `${json.slice(copied, start)}"${mark}${number}"`;
    copied = start + number.length;
    strings.goOnAt(copied);
  }
  return quoted + json.slice(copied);
}

const quote = 0x22;
/** What stands before a quote that opens a string, or one that is escaped. */
const beforeOtherQuotes = new Set([...'{[,: \t\n\r\\'].map(character => character.charCodeAt(0)));

/** Whether a colon certainly follows a name, so that no string need be looked for: the quote before it can only close one. */
const isAfterName = (json: string, colon: number): boolean =>
  colon > 1 && json.charCodeAt(colon - 1) === quote && !beforeOtherQuotes.has(json.charCodeAt(colon - 2));

/** Walks over a text's strings, from a place outside any, always onward: each quote is looked for once. */
class StringWalk {
  readonly #json: string;
  #at = 0;
  /** The first quote at or after `#at`, unless it lies before: then it is not known. */
  #quote = -1;

  constructor(json: string) {
    this.#json = json;
  }

  /** The place itself, or the end of the string that it lies in. */
  outsideFrom(place: number): number {
    while (this.#at <= place) {
      if (this.#quote < this.#at) this.#quote = this.#nextQuote();
      if (this.#quote > place) return place;
      this.#at = stringEnd(this.#json, this.#quote);
    }
    return this.#at;
  }

  /** Goes on at a place that is known to lie outside any string. */
  goOnAt(place: number): void {
    this.#at = place;
  }

  #nextQuote(): number {
    const found = this.#json.indexOf('"', this.#at);
    return found < 0 ? Number.POSITIVE_INFINITY : found;
  }
}

function stringEnd(json: string, open: number): number {
  let close = json.indexOf('"', open + 1);
  while (close > 0 && isEscaped(json, close)) close = json.indexOf('"', close + 1);
  return close < 0 ? json.length : close + 1;
}

function isEscaped(json: string, at: number): boolean {
  let slashes = 0;
  while (json[at - 1 - slashes] === '\\') slashes++;
  return slashes % 2 === 1;
}
