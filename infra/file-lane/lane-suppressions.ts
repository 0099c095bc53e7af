import type { Role } from 'aws-cdk-lib/aws-iam';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import type { FileLane } from '#adapters/file-lane/contract/file-lane.ts';
import { suppressNameless } from '../function-defaults.ts';
import { suppressObjects } from '../suppress.ts';
import type { LanePermissionsProps } from './lane-permissions.ts';
import { prefixesOf } from './lane-prefixes.ts';

/** The findings that a lane's role cannot avoid, each with its own reason. */
export function suppressLaneRole(
  role: Role,
  { lane, platform, stage }: Pick<LanePermissionsProps, 'lane' | 'platform' | 'stage'>,
): void {
  const { inbound, raw, quarantine } = platform;
  const { inPrefix, fixedPrefix, ackPrefix } = prefixesOf(lane);
  suppressObjects(role, {
    bucket: inbound,
    prefix: inPrefix,
    reason: `The partner chooses the names of the files under ${inPrefix}; reading them is the lane's work.`,
  });
  suppressObjects(role, {
    bucket: inbound,
    prefix: fixedPrefix,
    reason: `The partner chooses the names of the corrected files under ${fixedPrefix}; reading them is the lane's work.`,
  });
  suppressObjects(role, {
    bucket: inbound,
    prefix: ackPrefix,
    reason: `Acknowledgements under ${ackPrefix} are named after the partner's files; it may write there, not read.`,
  });
  suppressObjects(role, {
    bucket: raw,
    prefix: `${lane.id}/`,
    reason: 'Staged copies are named after the file that they are of; the prefix is the lane’s own.',
  });
  suppressObjects(role, {
    bucket: quarantine,
    prefix: `${lane.id}/`,
    reason: 'Quarantine parts are named after hand-off and chunk; the prefix is the lane’s own.',
  });
  suppressNameless(role, stage);
}

/** The findings that a partner's SFTP role cannot avoid. */
export function suppressSftpRole(role: Role, lane: FileLane, inbound: IBucket): void {
  const { inPrefix, fixedPrefix, ackPrefix } = prefixesOf(lane);
  suppressObjects(role, {
    bucket: inbound,
    prefix: inPrefix,
    reason: `The partner names its own files under ${inPrefix} and may rename or withdraw them.`,
  });
  suppressObjects(role, {
    bucket: inbound,
    prefix: fixedPrefix,
    reason: `The partner names its own corrected files under ${fixedPrefix} and may rename or withdraw them.`,
  });
  suppressObjects(role, {
    bucket: inbound,
    prefix: ackPrefix,
    reason: `The partner reads all answers to it under ${ackPrefix}.`,
  });
}
