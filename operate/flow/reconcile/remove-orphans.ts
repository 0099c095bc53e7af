import type { Pass } from '#adapters/file-lane/core/outcome/handoff.ts';
import type { HandoffSummary } from '#adapters/file-lane/core/outcome/handoff-query.ts';
import { partFile, partsPrefix } from '#adapters/file-lane/core/quarantine/part-names.ts';
import { limits } from '#shared/contract/limits.ts';
import type { ReconcilePorts } from '../../reconcile-ports.ts';

const passes: readonly Pass[] = ['check', 'publish'];

/**
 * Removes parts of quarantined rows that no checkpoint names: an invocation that had lost its lease wrote them. Only of a file that is
 * settled for so long that nobody can still write. The page that was listed is enough; what is beyond expires with its bucket's rule.
 */
export async function removeOrphans(ports: ReconcilePorts, handoff: HandoffSummary): Promise<number> {
  const { id, integration } = handoff;
  // A file that was taken once has no orphans, and costs no listing.
  if (handoff.attempts < 2 && (handoff.tally?.quarantined ?? 0) === 0) return 0;
  const prefix = partsPrefix(integration, id);
  const listed = await ports.objects.list('quarantine', { prefix, limit: limits.keysAListing });
  if (listed === 'missing' || listed.length === 0) return 0;
  const chunks = (await Promise.all(passes.map(pass => ports.ledger.chunks(id, pass)))).flat();
  const named = new Set(
    chunks.flatMap(chunk => chunk.progress.quarantineParts.map(part => prefix + partFile(chunk, part))),
  );
  let removed = 0;
  for (const { key } of listed.filter(({ key }) => !named.has(key))) {
    const found = await ports.files.head({ bucket: 'quarantine', key });
    if (found && (await ports.files.remove({ bucket: 'quarantine', key, etag: found.etag })) === 'removed')
      removed += 1;
  }
  return removed;
}
