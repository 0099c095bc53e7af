import type { Proof } from '../core/proof/proof.ts';
import type { Proofs } from '../ports.ts';

export function memoryProofs(): Proofs {
  const proofs = new Map<string, Proof>();
  return {
    async find(handoffId) {
      return proofs.get(handoffId);
    },
    async keep(proof) {
      proofs.set(proof.handoffId, proof);
    },
  };
}
