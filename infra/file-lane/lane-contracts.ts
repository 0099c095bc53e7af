import type { FileLane } from '#adapters/file-lane/contract/file-lane.ts';
import { usesPgp } from '#adapters/file-lane/contract/file-security.ts';
import type { BundleEntry } from '../bundle-entry.ts';
import type { ContractKind } from '../contract-kind.ts';

/** What infrastructure asks of file lanes. */
export const laneContracts: ContractKind<FileLane> = {
  events: ({ events }) => events,
  bundles: ({ id, delivery }) => [laneEntry(id, usesPgp(delivery.security))],
  check: checkFolders,
  after: () => [],
};

/** OpenPGP is only in the bundles of lanes whose files are encrypted or signed. */
export const laneEntry = (id: string, pgp = false): BundleEntry => ({
  name: id,
  integration: id,
  ...(pgp
    ? { handler: 'pgp-file-lane.ts', factory: 'pgpFileLane' }
    : { handler: 'file-lane.ts', factory: 'fileLane' }),
});

/** @throws Error when one lane would see the files, or have the permissions, of another. */
export function checkFolders(lanes: readonly FileLane[]): void {
  for (const lane of lanes) {
    const other = lanes.find(
      ({ id, delivery }) => id !== lane.id && `${delivery.folder}/`.startsWith(`${lane.delivery.folder}/`),
    );
    if (other)
      throw new Error(
        `folder "${other.delivery.folder}" of ${other.id} is inside "${lane.delivery.folder}" of ${lane.id}: each lane needs a folder of its own`,
      );
  }
}
