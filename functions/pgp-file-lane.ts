import { fileLanePorts } from '#adapters/file-lane/aws/file-lane-ports.ts';
import type { FileLane } from '#adapters/file-lane/contract/file-lane.ts';
import { decryptAndVerifyPgp } from '#adapters/file-lane/flow/decrypt-and-verify-pgp.ts';
import { webhookSecrets } from '#shared/aws/secrets.ts';
import { settingsOf } from '#shared/aws/settings.ts';
import { type FileLaneHandler, fileLane } from './file-lane.ts';

/** The Lambda handler of a lane whose files are encrypted or signed. It reads the OpenPGP keys in the lane's secret. */
export function pgpFileLane(lane: FileLane): FileLaneHandler {
  const { SECRET_ID } = settingsOf(process.env, ['SECRET_ID']);
  return fileLane(lane, fileLanePorts(process.env), {
    decryptAndVerify: decryptAndVerifyPgp(webhookSecrets(SECRET_ID)),
  });
}
