import { hash } from 'node:crypto';
import * as z from 'zod';
import { type AuditFact, auditSteps } from '#shared/core/audit/audit-fact.ts';
import { canonicalJson } from './canonical-json.ts';

const sha256Hex = z.string().regex(/^[0-9a-f]{64}$/);

/** One line of a trail: a fact, its number in its chain, and the hash of the line before it. */
export const auditRecord = z.strictObject({
  step: z.enum(auditSteps),
  integration: z.string(),
  subject: z.string(),
  at: z.iso.datetime(),
  change: z.string(),
  details: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
  /** From 1. */
  n: z.int().min(1),
  previous: sha256Hex,
  /** SHA-256 of the line without it. */
  hash: sha256Hex,
});

export type AuditRecord = z.infer<typeof auditRecord>;

export type UnhashedRecord = Omit<AuditRecord, 'hash'>;

/** A record after the one whose hash is `previous`. */
export function recordOf(fact: AuditFact, n: number, previous: string): AuditRecord {
  const record: UnhashedRecord = { ...fact, n, previous };
  return { ...record, hash: hashOf(record) };
}

export const hashOf = (value: object): string => hash('sha256', canonicalJson(value), 'hex');

/** The hash that the record should have. */
export const ownHashOf = ({ hash: _, ...record }: AuditRecord): string =>
  hashOf(record satisfies UnhashedRecord);

export const lineOf = (record: AuditRecord): string => canonicalJson(record);
