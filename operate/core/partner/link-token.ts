import { Buffer } from 'node:buffer';
import { verify } from 'node:crypto';
import type { PartnerLink } from './partner-link.ts';

/** What a link's address carries: its id, when it ends, and the signature of both. */
export interface LinkToken extends Pick<PartnerLink, 'id' | 'until'> {
  /** Base64 of the DER form. */
  readonly signature: string;
}

type Signed = Pick<PartnerLink, 'id' | 'until'>;

/** The text that is signed. It says what it is for, so that no other signature of the key is taken for it. */
export const signedText = ({ id, until }: Signed): string => `edge partner link 1\n${id}\n${until}`;

export const tokenText = ({ id, until, signature }: LinkToken): string =>
  [id, Date.parse(until) / 1_000, Buffer.from(signature, 'base64').toString('base64url')].join('.');

const form = /^([0-9a-f-]{36})\.(\d{10})\.([\w-]{80,120})$/;

/** Undefined where the text cannot be a token. */
export function readToken(text: string): LinkToken | undefined {
  const [whole, id = '', seconds = '', signature = ''] = form.exec(text) ?? [];
  if (whole === undefined) return undefined;
  const until = new Date(Number(seconds) * 1_000).toISOString();
  return { id, until, signature: Buffer.from(signature, 'base64url').toString('base64') };
}

/** `publicKey`: PEM. Only public values are compared, so that its time tells nothing. */
export const isSignedByKey = (token: LinkToken, publicKey: string): boolean =>
  verify('sha256', Buffer.from(signedText(token)), publicKey, Buffer.from(token.signature, 'base64'));
