import * as z from 'zod';
import { jsonOf } from '#shared/core/json-of.ts';
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
 * several kinds of keys at a time (`whsec_…`, `whpk_…`). Both by tenant where each has its own. `handshake`: Meta's verify token.
 * `statusKey`: what a partner presents to ask after deliveries; by tenant where the fence speaks for several. Those that are
 * empty or null are as if left out, but for `current`. A name that is none of these is refused: it may be a key misspelt.
 */
const document = z.strictObject({
  current: z.union([oneOrMore, z.record(z.string(), oneOrMore)]),
  previous: z.union([none, oneOrMore, z.record(z.string(), z.union([none, oneOrMore]))]).optional(),
  handshake: z.union([none, oneOrMore]).optional(),
  statusKey: z.union([none, one, z.record(z.string(), one)]).optional(),
});

export interface FenceKeys {
  readonly secrets: readonly Secret[];
  /** Of each secret, in the same order; for logs. */
  readonly labels: readonly KeyLabel[];
  /** Of each secret, in the same order: whose it is; undefined: of everyone that the fence speaks for. */
  readonly tenants: readonly (string | undefined)[];
  readonly statusKeys: readonly StatusKey[];
}

export type KeyLabel = 'current' | 'previous' | 'handshake';

export interface StatusKey {
  readonly value: string;
  /** Undefined: for all tenants of the fence. */
  readonly tenant: string | undefined;
}

/** Why a document cannot be used. Never quotes it. */
export interface KeysProblem {
  readonly problem: string;
}

/**
 * A problem when the text is not such a document, or not of the form that the fence needs: by tenant, for some of those it speaks for,
 * with no key in common; or for all. Nothing of it may be logged.
 * @param tenants Those of a fence in which each has secrets of its own.
 */
export function parseFenceKeys(text: string, tenants?: readonly string[]): FenceKeys | KeysProblem {
  const json = jsonOf(text);
  if (json === undefined) return { problem: 'it is not JSON: write {"current": "<the secret>"}' };
  const parsed = document.safeParse(json);
  if (!parsed.success) return { problem: problemOf(parsed.error) };
  const { current, previous, handshake, statusKey = {} } = parsed.data;
  const signing = [...labelled('current', current), ...labelled('previous', previous)];
  if (!isOfTenants(signing, tenants)) return { problem: tenants ? notByTenant : notForAll };
  const keys = [...signing, ...labelled('handshake', handshake)];
  return {
    secrets: keys.map(({ label, value }) =>
      label === 'handshake' ? { value, use: 'handshake' } : { value },
    ),
    labels: keys.map(({ label }) => label),
    tenants: keys.map(({ tenant }) => tenant),
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

const notByTenant =
  'current and previous must be written by tenant, {"<tenant>": "<the secret>"}, for tenants of the contract, with no key in common';
const notForAll = 'current and previous are written by tenant, but the contract has one secret for all';

interface LabelledKey {
  readonly label: KeyLabel;
  readonly tenant: string | undefined;
  readonly value: string;
}

type Keys = string | readonly string[] | undefined;

function labelled(label: KeyLabel, keys: Keys | Readonly<Record<string, Keys>>): LabelledKey[] {
  if (typeof keys === 'object' && !Array.isArray(keys))
    return Object.entries(keys).flatMap(([tenant, own]) =>
      labelled(label, own).map(key => ({ ...key, tenant })),
    );
  return [keys ?? []].flat().map(value => ({ label, tenant: undefined, value: value as string }));
}

/** A key that two tenants share, or a misspelt tenant, would prove the wrong sender or none. */
function isOfTenants(keys: readonly LabelledKey[], tenants: readonly string[] | undefined): boolean {
  if (!tenants) return keys.every(({ tenant }) => tenant === undefined);
  const owners = new Map<string, string>();
  return keys.every(({ tenant, value }) => {
    const owner = owners.get(value) ?? tenant;
    if (tenant !== undefined) owners.set(value, tenant);
    return tenant !== undefined && tenants.includes(tenant) && owner === tenant;
  });
}

/** The keys of one tenant, or of all: a request is verified with one such group at a time. */
export interface KeyGroup {
  readonly tenant: string | undefined;
  readonly secrets: readonly Secret[];
  readonly labels: readonly KeyLabel[];
}

/** Those of each owner of a key. */
export function groupsOf(keys: FenceKeys): readonly KeyGroup[] {
  const owners = new Set(keys.tenants.filter(tenant => tenant !== undefined));
  return (owners.size === 0 ? [undefined] : [...owners]).map(owner => groupOf(keys, owner));
}

/** Keys that belong to nobody, such as Meta's verify token, are in every group. */
export function groupOf({ secrets, labels, tenants }: FenceKeys, owner: string | undefined): KeyGroup {
  const isTheirs = (_: unknown, i: number) => tenants[i] === undefined || tenants[i] === owner;
  return { tenant: owner, secrets: secrets.filter(isTheirs), labels: labels.filter(isTheirs) };
}

/** Every key is compared, whichever matches. */
export const matchingStatusKeys = ({ statusKeys }: FenceKeys, presented: string): readonly StatusKey[] =>
  statusKeys.filter(key => equalInConstantTime(key.value, presented));
