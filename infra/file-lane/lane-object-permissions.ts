import type { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { FileLane } from '#adapters/file-lane/contract/file-lane.ts';
import { allow, listing, objectsUnder, read, write } from '../platform/iam-statements.ts';
import type { Platform } from '../platform/platform.ts';
import { prefixesOf } from './lane-prefixes.ts';

/**
 * Reads what the partner drops, answers beside it, and keeps its own raw copies and quarantine. Answers are read and removed as
 * well: each is written only over the one that was seen, and an older version's rejected rows go.
 */
export function objectPermissions(lane: FileLane, { inbound, raw, quarantine }: Platform): PolicyStatement[] {
  const { inPrefix, fixedPrefix, ackPrefix } = prefixesOf(lane);
  const own = `${lane.id}/`;
  return [
    allow('ReadDrops', read, objectsUnder(inbound, inPrefix)),
    listing('FindDrops', inbound, inPrefix),
    allow('ReadFixed', read, objectsUnder(inbound, fixedPrefix)),
    listing('FindFixed', inbound, fixedPrefix),
    allow('Acknowledge', ['s3:GetObject', ...write, 's3:DeleteObject'], objectsUnder(inbound, ackPrefix)),
    listing('FindAnswers', inbound, ackPrefix),
    allow('KeepRaw', [...read, ...write], objectsUnder(raw, own)),
    listing('FindRaw', raw, own),
    allow('KeepQuarantine', [...read, ...write], objectsUnder(quarantine, own)),
    listing('FindQuarantine', quarantine, own),
  ];
}
