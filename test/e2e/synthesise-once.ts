import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { hashInputs } from '#cli/start/inputs-hash.ts';

const kept = '.build/e2e';

/** The templates and bundles of all integrations, made once for the same inputs. Not to be changed: copy them. */
export async function synthesiseOnce(): Promise<string> {
  const assembly = join(kept, hashInputs());
  if (existsSync(assembly)) return assembly;
  mkdirSync(kept, { recursive: true });
  const older = readdirSync(kept);
  // Suites run at once in several processes: each makes its own, and the first one stays.
  const made = join(kept, `making-${process.pid}`);
  const env = { ...process.env, CDK_OUTDIR: made, CDK_VALIDATION: 'false', NODE_OPTIONS: '' };
  await promisify(execFile)(process.execPath, ['--import', 'tsx', 'infra/app.ts'], { env });
  if (existsSync(assembly)) rmSync(made, { recursive: true });
  else renameSync(made, assembly);
  for (const name of older.filter(one => !one.startsWith('making-')))
    if (join(kept, name) !== assembly) rmSync(join(kept, name), { recursive: true, force: true });
  return assembly;
}
