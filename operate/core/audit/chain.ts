import type { AuditFact } from '#shared/core/audit/audit-fact.ts';
import { type AuditRecord, hashOf, lineOf, recordOf } from './audit-record.ts';

/** The records of one integration of one UTC day, each with the hash of the one before it. */
export interface ChainName {
  /** `2026-11-28` */
  readonly day: string;
  readonly integration: string;
}

/** How far a chain has come. */
export interface ChainHead {
  readonly objects: number;
  readonly records: number;
  /** Of the last record. */
  readonly hash: string;
}

/** A chain before its first record. Its hash names the chain, so that the records of one chain fit no other. */
export const emptyChain = ({ day, integration }: ChainName): ChainHead => ({
  objects: 0,
  records: 0,
  hash: hashOf({ day, integration }),
});

/** The next object of a chain. */
export interface ChainLink {
  readonly text: string;
  readonly head: ChainHead;
}

/** @throws Error without facts: an object has at least one line. */
export function linkOf(before: ChainHead, facts: readonly AuditFact[]): ChainLink {
  const records: AuditRecord[] = [];
  let { hash } = before;
  for (const [i, fact] of facts.entries()) {
    const record = recordOf(fact, before.records + i + 1, hash);
    records.push(record);
    hash = record.hash;
  }
  if (records.length === 0) throw new Error('an object of the trail needs at least one record');
  return {
    text: records.map(record => `${lineOf(record)}\n`).join(''),
    head: { objects: before.objects + 1, records: before.records + records.length, hash },
  };
}
