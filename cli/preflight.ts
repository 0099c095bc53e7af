import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { loadContracts } from '#infra/contracts.ts';
import config from '../edge.config.ts';
import { AwsAccount } from './preflight/aws-account.ts';
import { checkAccount } from './preflight/check-account.ts';
import { checkBrought } from './preflight/check-brought.ts';
import { checkConfig } from './preflight/check-config.ts';
import { checkTemplates } from './preflight/check-templates.ts';
import { type Finding, findingLine } from './preflight/finding.ts';
import { readAssembly } from './preflight/read-assembly.ts';

/**
 * `npm run preflight -- --stage prod`: what would stop a deployment, and what it would change, before it begins. It changes
 * nothing. `--offline` leaves out what only an account can tell. Ends with 1 where it finds a problem.
 */
const { values } = parseArgs({
  options: { stage: { type: 'string', default: 'dev' }, offline: { type: 'boolean', default: false } },
});
const folder = mkdtempSync(join(tmpdir(), 'edge-preflight-'));
const show = (findings: readonly Finding[]): boolean => {
  for (const finding of findings) console.log(findingLine(finding));
  return findings.every(({ level }) => level !== 'problem');
};

try {
  const { status } = spawnSync(
    process.execPath,
    ['--import', 'tsx', 'infra/app.ts', '-c', `stage=${values.stage}`],
    { stdio: ['ignore', 'ignore', 'inherit'], env: { ...process.env, CDK_OUTDIR: folder } },
  );
  if (status !== 0) throw new Error('The templates cannot be made. The message above says why.');
  const deployment = readAssembly(folder);
  const contracts = await loadContracts();
  const account = new AwsAccount();
  const isSound = [
    show(checkTemplates(deployment.stacks)),
    show(checkConfig(values.stage, config, contracts)),
    values.offline || show(await checkAccount(account, deployment)),
    values.offline || show(await checkBrought(account, values.stage, config)),
  ].every(sound => sound);
  process.exitCode = isSound ? 0 : 1;
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
