import { hash } from 'node:crypto';
import type { Plan } from './plan.ts';
import { unitsOf } from './plan.ts';

const modulus = 1n << 128n;

export const emptyDigest = '0'.repeat(32);

/** The sum of the ids' hashes modulo 2^128: the same in any order, and in any number of steps. */
export function addToDigest(digest: string, ids: readonly string[]): string {
  const sum = ids.reduce((total, id) => total + numberOf(id), BigInt(`0x${digest}`));
  return (sum % modulus).toString(16).padStart(32, '0');
}

const numberOf = (id: string): bigint => BigInt(`0x${hash('sha256', id, 'hex').slice(0, 32)}`);

/** Of all that a plan would do. Two plans with the same hash do the same. */
export function planHash(plan: Pick<Plan, 'kind' | 'integration' | 'filter' | 'found' | 'unitsMax'>): string {
  const { kind, integration, filter, found } = plan;
  const parts = [kind, integration, Object.entries(filter).sort(), unitsOf(plan), found.digest];
  return hash('sha256', JSON.stringify(parts), 'hex').slice(0, 16);
}
