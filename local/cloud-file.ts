import {
  accessSync,
  constants,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import type { CloudDescription } from './cloud-description.ts';

const pathIn = (stateDir: string): string => join(stateDir, 'cloud.json');

/** `<stateDir>/cloud.json`: there exactly while a cloud is up. */
export class CloudFile {
  readonly #stateDir: string;
  readonly #remove = () => rmSync(pathIn(this.#stateDir), { force: true });

  /** @throws Error that says what to do, when the folder cannot be used. */
  constructor(stateDir: string) {
    this.#stateDir = stateDir;
    useFolder(stateDir);
  }

  /** Removes what a dead process left. @throws Error when another cloud is up. */
  async claim(): Promise<void> {
    const left = readFile(this.#stateDir);
    if (left && isAlive(left.pid) && (await answers(left.endpoints.console)))
      throw new Error(
        `A local cloud is up already (process ${left.pid}, ${pathIn(this.#stateDir)}).\nStop it with Ctrl-C in its terminal, or with: kill ${left.pid}`,
      );
    this.#remove();
  }

  /** The whole file or none. */
  write(description: CloudDescription): void {
    const path = pathIn(this.#stateDir);
    const temporary = `${path}.${process.pid}.tmp`;
    writeFileSync(temporary, `${JSON.stringify(description, undefined, 2)}\n`);
    renameSync(temporary, path);
    process.once('exit', this.#remove);
  }

  remove(): void {
    process.removeListener('exit', this.#remove);
    this.#remove();
  }
}

/** The cloud that is up. @throws Error that says what to run, when none is, or its process was killed. */
export function readCloudFile(stateDir: string): CloudDescription {
  const found = readFile(stateDir);
  if (found && isAlive(found.pid)) return found;
  const why = existsSync(pathIn(stateDir))
    ? `The local cloud is gone: ${pathIn(stateDir)} was left by a process that was killed.`
    : 'No local cloud is up.';
  throw new Error(`${why} Run \`npm start\` in another terminal and wait for its summary.`);
}

/** Undefined when there is none, or it cannot be read as one. */
function readFile(stateDir: string): CloudDescription | undefined {
  try {
    const found = JSON.parse(readFileSync(pathIn(stateDir), 'utf8'));
    return Number.isInteger(found?.pid) && found.endpoints ? found : undefined;
  } catch {
    return undefined;
  }
}

function useFolder(stateDir: string): void {
  try {
    mkdirSync(stateDir, { recursive: true });
    accessSync(stateDir, constants.W_OK);
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    const why =
      code === 'EEXIST' || code === 'ENOTDIR' ? 'it is not a folder' : `it cannot be written (${code})`;
    throw new Error(
      `The state folder ${stateDir} cannot be used: ${why}. Move it away or make it writable.`,
      {
        cause,
      },
    );
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (problem) {
    return (problem as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** A process id may have been given to another process since: only a cloud answers. One that is slow to is still up. */
async function answers(console: string): Promise<boolean> {
  try {
    await fetch(console, { signal: AbortSignal.timeout(5_000) });
    return true;
  } catch (problem) {
    return (problem as Error).name === 'TimeoutError';
  }
}
