import { code } from '#shared/derive/markdown.ts';
import { enumerated } from '#shared/derive/words.ts';
import type { Digest, Handshake } from '../contract/webhook-handshake.ts';
import { placeInWords } from '../contract/webhook-place.ts';
import type { WebhookScheme } from '../contract/webhook-scheme.ts';

/** How the address is proved to the partner, one rule for each handshake. */
export const handshakeRules = ({ handshakes = [] }: WebhookScheme): string[] => handshakes.map(inWords);

function inWords({ method, when = [], proof, answer, visit }: Handshake): string {
  const conditions = when.map(
    condition => `${placeInWords(condition)}${condition.is === undefined ? '' : ` ${code(condition.is)}`}`,
  );
  const asked =
    conditions.length === 0 ? `Every ${code(method)}` : `A ${code(method)} with ${enumerated(conditions)}`;
  const proven =
    proof === 'scheme'
      ? ', proved as a delivery is,'
      : proof === 'none'
        ? ''
        : `, with the token agreed with us in ${placeInWords(proof.token)},`;
  const visited = visit ? ` We also read the address in the field ${visit.field}.` : '';
  return `${asked}${proven} is answered ${answerInWords(answer)}.${visited}`;
}

function answerInWords({ status = 200, text, json, headers = {} }: Handshake['answer']): string {
  const parts = [
    ...(text === undefined ? [] : [`the text ${code(text)}`]),
    ...(json === undefined
      ? []
      : [
          `JSON of ${enumerated(Object.entries(json).map(([name, value]) => `${code(name)}: ${valueInWords(value)}`))}`,
        ]),
    ...Object.entries(headers).map(([name, value]) => `the header ${code(`${name}: ${value}`)}`),
  ];
  return parts.length === 0 ? `${status} without a body` : `${status} with ${enumerated(parts)}`;
}

const valueInWords = (value: string | number | Digest): string =>
  typeof value === 'object'
    ? `the ${value.digest === 'sha256' ? 'SHA-256' : 'HMAC-SHA-256'} of ${code(value.of)} in ${value.encoding}`
    : code(String(value));
