import { addUnits, type ProofWork, type ProvenUnits } from './proof-work.ts';
import { proveFiles } from './prove-files.ts';
import { proveReceipts } from './prove-receipts.ts';
import { proveTrails } from './prove-trails.ts';

/**
 * Proves by the bus log that what files, deliveries and batches of changes claim to have published is on the bus, and what
 * consumers report against it.
 */
export async function proveBus(work: ProofWork): Promise<ProvenUnits> {
  const files = await proveFiles(work);
  const units = await proveTrails(work);
  await proveReceipts(work);
  return addUnits(files, units);
}
