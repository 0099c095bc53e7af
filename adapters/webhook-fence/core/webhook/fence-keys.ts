import * as z from 'zod';
import { equalInConstantTime } from '../signature/constant-time.ts';
import type { Secret } from '../signature/secret.ts';

/** Pasting, editors and `echo` leave blanks and line breaks around a key, which are no part of any provider's. */
const one = z
  .string()
  .transform(text => text.trim())
  .pipe(z.string().min(1));
const oneOrMore = z.union([one, z.array(one).min(1)]);

/** A key that is not there, however that is written. */
const none = z.union([z.null(), z.string().regex(/^\s*$/), z.tuple([])]).transform(() => undefined);

/**
 * A fence's secret as operators write it. During rotation both `current` and `previous` are valid; a list where a scheme has
 * several kinds of keys at a time (`whsec_…`, `whpk_…`). `handshake`: Meta's verify token. `statusKey`: what a partner presents to
 * ask after deliveries; by tenant where the fence speaks for several. Those that are empty or null are as if left out, but for
 * `current`. A name that is none of these is refused: it may be a key misspelt.
 */
const document = z.strictObject({
  current: oneOrMore,
  previous: z.union([none, oneOrMore]).optional(),
  handshake: z.union([none, oneOrMore]).optional(),
  statusKey: z.union([none, one, z.record(z.string(), one)]).optional(),
});

export interface FenceKeys {
  readonly secrets: readonly Secret[];
  /** Of each secret, in the same order; for logs. */
  readonly labels: readonly ('current' | 'previous' | 'handshake')[];
  readonly statusKeys: readonly StatusKey[];
}

export interface StatusKey {
  readonly value: string;
  /** Undefined: for all tenants of the fence. */
  readonly tenant: string | undefined;
}

/** Why a document cannot be used. Never quotes it. */
export interface KeysProblem {
  readonly problem: string;
}

/** Nothing of the text may be logged. */
export function parseFenceKeys(text: string): FenceKeys | KeysProblem {
  const json = jsonOf(text);
  if (json === undefined) return { problem: 'it is not JSON: write {"current": "<the secret>"}' };
  const parsed = document.safeParse(json);
  if (!parsed.success) return { problem: problemOf(parsed.error) };
  const { current, previous = [], handshake = [], statusKey = {} } = parsed.data;
  const labelled = [
    ...[current].flat().map(value => ({ label: 'current' as const, secret: { value } })),
    ...[previous].flat().map(value => ({ label: 'previous' as const, secret: { value } })),
    ...[handshake]
      .flat()
      .map(value => ({ label: 'handshake' as const, secret: { value, use: 'handshake' as const } })),
  ];
  return {
    secrets: labelled.map(({ secret }) => secret),
    labels: labelled.map(({ label }) => label),
    statusKeys:
      typeof statusKey === 'string'
        ? [{ value: statusKey, tenant: undefined }]
        : Object.entries(statusKey).map(([tenant, value]) => ({ tenant, value })),
  };
}

function problemOf({ issues: [first] }: z.ZodError): string {
  if (first?.code === 'unrecognized_keys')
    return 'it has a name other than current, previous, handshake and statusKey';
  const [name] = first?.path ?? [];
  if (name === undefined) return 'it is not an object: write {"current": "<the secret>"}';
  return name === 'current'
    ? 'current is missing, empty, or not text or a list of texts'
    : `${String(name)} is not text or a list of texts`;
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    // What V8 says quotes the text.
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** Every key is compared, whichever matches. */
export const matchingStatusKeys = ({ statusKeys }: FenceKeys, presented: string): readonly StatusKey[] =>
  statusKeys.filter(key => equalInConstantTime(key.value, presented));
