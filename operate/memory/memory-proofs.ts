import type { DayCounts } from '../core/proof/day-counts.ts';
import type { Proof } from '../core/proof/proof.ts';
import type { DayReceipts } from '../core/proof/received.ts';
import type { Decisions, Proofs, Standings, StoredStanding } from '../ports.ts';

export function memoryProofs(): Proofs {
  const proofs = new Map<string, Proof>();
  return {
    async find(unit) {
      return proofs.get(unit);
    },
    async keep(proof) {
      proofs.set(proof.unit, proof);
    },
  };
}

export function memoryDecisions(): Decisions {
  const allowed = new Set<string>();
  return {
    async mayDiffer(unit) {
      return allowed.has(unit);
    },
    async allow(unit) {
      allowed.add(unit);
    },
  };
}

export function memoryStandings(): Standings {
  const standings = new Map<string, StoredStanding>();
  const days = new Map<string, DayCounts>();
  const receiptsOf = new Map<string, DayReceipts>();
  return {
    async find(integration) {
      return standings.get(integration);
    },
    async keep(integration, standing, over) {
      if (standings.get(integration)?.revision !== over?.revision) return false;
      standings.set(integration, { standing, revision: (over?.revision ?? 0) + 1 });
      return true;
    },
    async day(integration, day) {
      return days.get(`${integration} ${day}`);
    },
    async keepDay(integration, day, counts) {
      days.set(`${integration} ${day}`, counts);
    },
    async receipts(integration, day) {
      return receiptsOf.get(`${integration} ${day}`);
    },
    async keepReceipts(integration, day, receipts) {
      receiptsOf.set(`${integration} ${day}`, receipts);
    },
  };
}
