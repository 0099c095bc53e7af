import { fileLanePorts } from '../../shared/aws/file-lane-ports.ts';
import { settingsOf } from '../../shared/aws/settings.ts';
import { webhookSecrets } from '../../shared/aws/webhook/secrets.ts';
import type { FileLane } from '../../shared/contract/define-file-lane.ts';
import { type FileLaneHandler, fileLane } from './handler.ts';
import { unsealPgp } from './unseal-pgp.ts';

/** The Lambda handler of a lane whose files are encrypted or signed: the lane's, with OpenPGP and the keys in its secret. */
export function sealedFileLane(lane: FileLane): FileLaneHandler {
  const { SECRET_ID } = settingsOf(process.env, ['SECRET_ID']);
  return fileLane(lane, fileLanePorts(process.env), unsealPgp(webhookSecrets(SECRET_ID)));
}
