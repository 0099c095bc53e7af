import { execFile } from 'node:child_process';
import { createRequire } from 'node:module';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

export interface CommandResult {
  readonly code: number;
  readonly out: string;
  readonly error: string;
}

const tsx = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;

/** `npm run <name> -- <args>`, called in a folder that holds the description of a cloud in `.local`. */
export const runCommand = (
  folder: string,
  name: string,
  ...args: readonly string[]
): Promise<CommandResult> =>
  new Promise(done => {
    const command = ['--import', tsx, resolve(`cli/${name}.ts`), ...args];
    const env = { ...process.env, NODE_OPTIONS: '' };
    execFile(process.execPath, command, { cwd: folder, env }, (problem, out, error) =>
      done({ code: problem ? Number(problem.code) : 0, out, error }),
    );
  });
