import { fileLanePorts } from '#adapters/file-lane/aws/file-lane-ports.ts';
import type { FileLane } from '#adapters/file-lane/contract/file-lane.ts';
import { unsealPgp } from '#adapters/file-lane/flow/unseal-pgp.ts';
import { webhookSecrets } from '#shared/aws/secrets.ts';
import { settingsOf } from '#shared/aws/settings.ts';
import { type FileLaneHandler, fileLane } from './file-lane.ts';

/** The Lambda handler of a lane whose files are encrypted or signed: the lane's, with OpenPGP and the keys in its secret. */
export function sealedFileLane(lane: FileLane): FileLaneHandler {
  const { SECRET_ID } = settingsOf(process.env, ['SECRET_ID']);
  return fileLane(lane, fileLanePorts(process.env), unsealPgp(webhookSecrets(SECRET_ID)));
}
