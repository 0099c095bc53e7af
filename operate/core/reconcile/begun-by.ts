import type { FileLane } from '#adapters/file-lane/contract/file-lane.ts';
import { needsSignatureBeside } from '#adapters/file-lane/contract/file-security.ts';
import { matchFixedName } from '#adapters/file-lane/core/file/fixed-name.ts';
import { matchName, signatureSuffixes } from '#adapters/file-lane/core/file/name.ts';
import { fileNameOf, fixedPrefix, inPrefix, isFixed } from '#adapters/file-lane/core/outcome/prefixes.ts';
import { isFault } from '#shared/contract/fault.ts';

/** A lane as the sweep needs it. */
export type SweptLane = Pick<FileLane, 'id' | 'delivery'>;

/**
 * Which objects, taken together, may begin the hand-off of an object that was dropped: one list of keys for each way. Empty: it is no
 * work. The ledger knows the object when it knows one of these hand-offs.
 */
export const waysToBegin = (lane: SweptLane, key: string): readonly (readonly string[])[] =>
  isFixed(lane, key) ? waysOfFixed(lane, key) : waysOfNew(lane, key);

function waysOfNew(lane: SweptLane, key: string): readonly (readonly string[])[] {
  const name = matchName(lane.delivery, fileNameOf(lane, key));
  if (isFault(name)) return [[key]];
  switch (name.kind) {
    case 'ignored':
      return [];
    case 'unannounced':
      return [[key], [inPrefix(lane) + name.announcementKeyName]];
    case 'signature':
      return waysOfSignature(key, inPrefix(lane) + name.dataKeyName);
    case 'data':
      return waysOfData(lane, key);
    default:
      return [[key]];
  }
}

/** Of an object under `fixed/`. */
function waysOfFixed(lane: SweptLane, key: string): readonly (readonly string[])[] {
  const name = matchFixedName(lane.delivery, fileNameOf(lane, key));
  if (isFault(name)) return [[key]];
  switch (name.kind) {
    case 'ignored':
      return [];
    case 'signature':
      return waysOfSignature(key, fixedPrefix(lane) + name.data.name);
    default:
      return waysOfData(lane, key);
  }
}

const waysOfSignature = (key: string, data: string) => [[key], [data, key]];

const waysOfData = ({ delivery }: SweptLane, key: string) =>
  needsSignatureBeside(delivery.security)
    ? [[key], ...signatureSuffixes.map(suffix => [key, key + suffix])]
    : [[key]];
