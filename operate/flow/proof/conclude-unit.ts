import { claimedIn } from '../../core/proof/claim.ts';
import { proofLines } from '../../core/proof/log-lines.ts';
import type { ProofState } from '../../core/proof/proof.ts';
import type { OpenClaim } from '../../core/proof/standing.ts';
import type { Compared } from './compare-window.ts';
import type { ProofWork } from './proof-work.ts';

export interface UnitEnd {
  readonly end: ProofState;
  /** How many of its events are not on the bus. */
  readonly missing: number;
}

/** What becomes of a delivery or a batch whose events on the bus are not those that it claims. */
export async function concludeUnit(
  { ports }: ProofWork,
  { claim, onBus }: Compared<OpenClaim>,
): Promise<UnitEnd> {
  const { unit, integration } = claim;
  const claimed = claimedIn(claim).count;
  const missing = Math.max(1, claimed - onBus);
  const at = new Date(ports.clock.now()).toISOString();
  await ports.proofs.keep({ unit, state: 'missing', at, claimed, onBus, missing: [] });
  ports.log.error(proofLines.missing, { integration, unit, claimed, onBus });
  return { end: 'missing', missing };
}
