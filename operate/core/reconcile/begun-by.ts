import type { FileLane } from '#adapters/file-lane/contract/file-lane.ts';
import { needsSignatureBeside } from '#adapters/file-lane/contract/file-security.ts';
import { matchName, signatureSuffixes } from '#adapters/file-lane/core/file/name.ts';
import { fileNameOf, inPrefix } from '#adapters/file-lane/core/outcome/prefixes.ts';
import { isFault } from '#shared/contract/fault.ts';

/** A lane as the sweep needs it. */
export type SweptLane = Pick<FileLane, 'id' | 'delivery'>;

/**
 * Which objects, taken together, may begin the hand-off of an object under `in/`: one list of keys for each way. Empty: it is no
 * work. The ledger knows the object when it knows one of these hand-offs.
 */
export function waysToBegin(lane: SweptLane, key: string): readonly (readonly string[])[] {
  const name = matchName(lane.delivery, fileNameOf(lane, key));
  if (isFault(name)) return [[key]];
  switch (name.kind) {
    case 'ignored':
      return [];
    case 'unannounced':
      return [[key], [inPrefix(lane) + name.announcementKeyName]];
    case 'signature': {
      const data = inPrefix(lane) + name.dataKeyName;
      return [[key], [data, key]];
    }
    case 'data':
      return needsSignatureBeside(lane.delivery.security)
        ? [[key], ...signatureSuffixes.map(suffix => [key, key + suffix])]
        : [[key]];
    default:
      return [[key]];
  }
}
