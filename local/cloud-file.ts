import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CloudDescription } from './cloud-description.ts';

/** `<stateDir>/cloud.json`: there exactly while a cloud is up. */
export class CloudFile {
  readonly #path: string;
  readonly #remove = () => rmSync(this.#path, { force: true });

  constructor(stateDir: string) {
    mkdirSync(stateDir, { recursive: true });
    this.#path = join(stateDir, 'cloud.json');
  }

  /** What a dead process left is removed. @throws Error when another cloud is up. */
  async claim(): Promise<void> {
    if (!existsSync(this.#path)) return;
    const { pid, endpoints } = JSON.parse(readFileSync(this.#path, 'utf8')) as CloudDescription;
    if (isAlive(pid) && (await answers(endpoints.console)))
      throw new Error(`a local cloud is up already (process ${pid}, ${this.#path}); stop it first`);
    this.#remove();
  }

  /** Whole or not at all. */
  write(description: CloudDescription): void {
    const temporary = `${this.#path}.${process.pid}.tmp`;
    writeFileSync(temporary, `${JSON.stringify(description, undefined, 2)}\n`);
    renameSync(temporary, this.#path);
    process.once('exit', this.#remove);
  }

  remove(): void {
    process.removeListener('exit', this.#remove);
    this.#remove();
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
