import { execFileSync } from 'node:child_process';
import { chownSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A PostgreSQL of one's own, in a temporary folder, reached through a socket there. Needs `initdb`, `pg_ctl` and `psql` on the path. */
export class Cluster {
  readonly #folder = mkdtempSync(join(tmpdir(), 'postgres-changes-'));
  readonly #user = serverUser();

  constructor() {
    if (this.#user) chownSync(this.#folder, this.#user.uid, this.#user.gid);
    this.#run('initdb', ['--auth=trust', '--username=crm', '--encoding=UTF8', '-D', this.#data]);
    const settings = `-c wal_level=logical -c timezone=UTC -c listen_addresses= -k ${this.#folder}`;
    this.#run('pg_ctl', [
      'start',
      '--wait',
      '-D',
      this.#data,
      '-l',
      join(this.#folder, 'log'),
      '-o',
      settings,
    ]);
  }

  /** Runs SQL; rows come back as lines of tab-separated text. */
  sql(text: string): string[][] {
    const options = ['-X', '-A', '-t', '-q', '-F', '\t', '-v', 'ON_ERROR_STOP=1'];
    const target = ['-h', this.#folder, '-U', 'crm', '-d', 'postgres'];
    const output = this.#run('psql', [...options, ...target, '-c', text]);
    return output
      .split('\n')
      .filter(Boolean)
      .map(line => line.split('\t'));
  }

  stop(): void {
    this.#run('pg_ctl', ['stop', '--wait', '--mode=fast', '-D', this.#data]);
    rmSync(this.#folder, { recursive: true, force: true });
  }

  get #data(): string {
    return join(this.#folder, 'data');
  }

  #run(command: string, args: readonly string[]): string {
    return execFileSync(command, args, {
      encoding: 'utf8',
      cwd: this.#folder,
      stdio: ['ignore', 'pipe', 'inherit'],
      ...this.#user,
    });
  }
}

/** PostgreSQL refuses to run as root; its package brings a user for it. */
function serverUser(): { readonly uid: number; readonly gid: number } | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const idOf = (option: string) => Number(execFileSync('id', [option, 'postgres'], { encoding: 'utf8' }));
  return { uid: idOf('-u'), gid: idOf('-g') };
}
