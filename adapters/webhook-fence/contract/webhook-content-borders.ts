import { ContractError } from '#shared/contract/options.ts';

/*
 * Where one part of what is signed ends and the next begins. Parts joined without a border can be divided differently by anyone who saw
 * one genuine request: `{id}{body}` of the id `7` and the form `0=a` is also that of the id `70` and the form `=a`.
 *
 * A timestamp needs no border: with a digit more or less it is not fresh. Nor does a method, which is one of two.
 */

const ofAnyLength = /\{(?:id|url|decodedUrl|body|form)\}/g;
const address = /^\{(?:url|decodedUrl)\}$/;

/** @throws ContractError */
export function checkBorders(where: string, content: string): void {
  if (/\}\{id\}|\{id\}\{/.test(content))
    throw new ContractError(`${where}: {id} needs text between it and what is signed beside it`);
  const parts = [...content.matchAll(ofAnyLength)];
  for (const [i, { 0: part, index }] of parts.entries()) {
    const next = parts[i + 1];
    if (next && !textOf(content.slice(index + part.length, next.index)) && !isAddressBeside(part, next[0]))
      throw new ContractError(`${where}: ${part} and ${next[0]} need text between them`);
  }
}

const textOf = (template: string): string => template.replaceAll(/\{[^}]*\}/g, '');

/** Providers sign so. No part of a JSON object or array is one itself; of forms see `toldFromAddress`. */
const isAddressBeside = (a: string, b: string): boolean => address.test(a) !== address.test(b);

/**
 * Whether a form is separated from the signed address beside it by a blank or a line break, which neither contains. The sender
 * chooses the query, so without a separator part of the query could be read as form fields, or the other way round.
 */
export function toldFromAddress(content: string): boolean {
  const between = /\{(?:url|decodedUrl)\}(.*)\{body\}|\{body\}(.*)\{(?:url|decodedUrl)\}/s.exec(content);
  return !between || /\s/.test(between[1] ?? between[2] ?? '');
}
