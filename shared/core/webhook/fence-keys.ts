import * as z from 'zod';
import { equalInConstantTime } from '../signature/constant-time.ts';
import type { Secret } from '../signature/secret.ts';

const one = z.string().min(1);
const oneOrMore = z.union([one, z.array(one).min(1)]);

/**
 * A fence's secret as operators write it. During rotation both `current` and `previous` are valid; a list where a scheme has
 * several kinds of keys at a time (`whsec_…`, `whpk_…`). `handshake`: Meta's verify token. `statusKey`: what a partner presents to
 * ask after deliveries; by tenant where the fence speaks for several.
 */
const document = z.strictObject({
  current: oneOrMore,
  previous: oneOrMore.optional(),
  handshake: oneOrMore.optional(),
  statusKey: z.union([one, z.record(z.string(), one)]).optional(),
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

/** Undefined when the text is not such a document. Nothing of it may be logged. */
export function parseFenceKeys(text: string): FenceKeys | undefined {
  const parsed = document.safeParse(jsonOf(text));
  if (!parsed.success) return undefined;
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
