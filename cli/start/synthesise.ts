import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { hashInputs } from './inputs-hash.ts';

/** Makes templates and bundles below `stateDir`, unless those there are of the same inputs. Gives their folder. */
export async function synthesise(stateDir: string): Promise<string> {
  const assembly = join(stateDir, 'assembly');
  const stamp = join(stateDir, 'assembly.sha256');
  const hash = hashInputs();
  if (
    existsSync(stamp) &&
    readFileSync(stamp, 'utf8') === hash &&
    existsSync(join(assembly, 'manifest.json'))
  )
    return assembly;
  for (const old of [stamp, assembly]) rmSync(old, { recursive: true, force: true });
  // The CDK's own template checks take seconds; `npm run synth` and the tests run them.
  await runQuietly(['--import', 'tsx', 'infra/app.ts'], { CDK_OUTDIR: assembly, CDK_VALIDATION: 'false' });
  writeFileSync(stamp, hash);
  return assembly;
}

/** Runs a step whose output matters only when it fails. @throws Error with that output. */
async function runQuietly(args: readonly string[], env: Readonly<Record<string, string>>): Promise<void> {
  const child = spawn(process.execPath, args, {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...env },
  });
  const output: Buffer[] = [];
  child.stdout.on('data', data => output.push(data));
  child.stderr.on('data', data => output.push(data));
  const [code] = await once(child, 'close');
  if (code !== 0) throw new Error(`${Buffer.concat(output)}\n${args.at(-1)} ended with ${code}`);
}
