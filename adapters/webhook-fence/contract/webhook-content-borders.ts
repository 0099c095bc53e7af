import { ContractError } from '#shared/contract/options.ts';
import type { TimeFormat } from './webhook-scheme.ts';
import { type Placeholder, type TemplatePart, templateParts } from './webhook-template.ts';

/*
 * Where one part of what is signed ends and the next begins. Parts joined without a border can be divided differently by anyone who saw
 * one genuine request: `{id}{body}` of the id `7` and the form `0=a` is also that of the id `70` and the form `=a`.
 *
 * A timestamp needs no border: with a digit more or less it is not fresh. Nor does a method, which is one of two, a checksum or the secret.
 * A timestamp in RFC 3339 or of HTTP is itself a border of an id: both hold a colon, which the id then may not (`bordersOf`).
 */

const ofAnyLength = ['id', 'url', 'decodedUrl', 'path', 'body', 'form', 'header', 'field', 'signedHeaders'];
const addresses = ['url', 'decodedUrl', 'path'];

/** @throws ContractError */
export function checkBorders(where: string, content: string, format: TimeFormat | undefined): void {
  const parts = templateParts(content);
  for (const [i, part] of parts.entries())
    if (isNamed(part, 'id') && ![parts[i - 1], parts[i + 1]].every(near => isBorderOfId(near, format)))
      throw new ContractError(`${where}: {id} needs text between it and what is signed beside it`);
  for (const [i, part] of parts.entries()) {
    const next = nextOfAnyLength(parts, i);
    if (!next || 'text' in part || !ofAnyLength.includes(part.name)) continue;
    if (
      !next.isApart &&
      !isNamed(part, 'id') &&
      !isNamed(next.part, 'id') &&
      !isAddressBeside(part, next.part)
    )
      throw new ContractError(`${where}: ${part.written} and ${next.part.written} need text between them`);
  }
}

const isNamed = (part: TemplatePart, name: string): boolean => 'name' in part && part.name === name;

/** Text, the end, or a time whose form is fixed. */
const isBorderOfId = (near: TemplatePart | undefined, format: TimeFormat | undefined): boolean =>
  !near || 'text' in near || (near.name === 'timestamp' && (format === 'rfc3339' || format === 'http-date'));

/** The next part that could be mistaken for a piece of the one at `from`, and whether text stands between them. */
function nextOfAnyLength(parts: readonly TemplatePart[], from: number) {
  let isApart = false;
  for (const part of parts.slice(from + 1)) {
    if ('text' in part) isApart = true;
    else if (ofAnyLength.includes(part.name)) return { part, isApart };
  }
  return undefined;
}

/** Providers sign so. No part of a JSON object or array is one itself; of forms see `toldFromAddress`. */
const isAddressBeside = (a: Placeholder, b: Placeholder): boolean =>
  (addresses.includes(a.name) && wholes.includes(b.name)) ||
  (wholes.includes(a.name) && addresses.includes(b.name));

const wholes = ['body', 'form'];

/**
 * The text on both sides of a part: a value that contained it could move the border between the signed parts. Empty before the part
 * if only parts of known length precede it: it begins where they end.
 */
export function bordersOf(content: string, part: Placeholder): readonly [before: string, after: string] {
  const parts = templateParts(content);
  const at = parts.findIndex(each => 'name' in each && each.written === part.written);
  const [before, after] = [parts[at - 1], parts[at + 1]];
  const begins = parts.slice(0, at).some(each => 'name' in each && ofAnyLength.includes(each.name));
  return [begins && before && 'text' in before ? before.text : '', borderAfter(after)];
}

function borderAfter(after: TemplatePart | undefined): string {
  if (!after) return '';
  if ('text' in after) return after.text;
  return after.name === 'timestamp' ? ':' : '';
}

/**
 * Whether a form is separated from the signed address beside it by a blank or a line break, which neither contains. The sender
 * chooses the query, so without a separator part of the query could be read as form fields, or the other way round.
 */
export function toldFromAddress(content: string): boolean {
  const between = /\{(?:url|decodedUrl|path)\}(.*)\{body\}|\{body\}(.*)\{(?:url|decodedUrl|path)\}/s.exec(
    content,
  );
  return !between || /\s/.test(between[1] ?? between[2] ?? '');
}
