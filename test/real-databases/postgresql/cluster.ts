import { execFileSync } from 'node:child_process';
import { chownSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { program } from '../programs.ts';
import { runClient } from '../run-client.ts';
import { serverUser } from '../server-user.ts';

const toInstall = 'apt-get install postgresql';

/** A PostgreSQL of one's own, in a temporary folder, reached through a socket there. @throws ServerMissing */
export class Cluster {
  readonly #psql = program('psql', toInstall);
  readonly #control = program('pg_ctl', toInstall);
  readonly #user = serverUser('postgres');
  readonly #folder: string;

  constructor() {
    const initdb = program('initdb', toInstall);
    this.#folder = mkdtempSync(join(tmpdir(), 'postgres-changes-'));
    if (this.#user) chownSync(this.#folder, this.#user.uid, this.#user.gid);
    this.#run(initdb, ['--auth=trust', '--username=crm', '--encoding=UTF8', '-D', this.#data]);
    const settings = `-c wal_level=logical -c timezone=UTC -c client_min_messages=warning -c fsync=off -c listen_addresses= -k ${this.#folder}`;
    const log = join(this.#folder, 'log');
    this.#run(this.#control, ['start', '--wait', '-D', this.#data, '-l', log, '-o', settings]);
  }

  /** Runs SQL; rows come back as lines of tab-separated text. */
  sql(text: string): string[][] {
    const options = ['-X', '-A', '-t', '-q', '-F', '\t', '-v', 'ON_ERROR_STOP=1'];
    const output = this.#run(this.#psql, [...options, ...this.#target], text);
    return output
      .split('\n')
      .filter(Boolean)
      .map(line => line.split('\t'));
  }

  /** A session of its own that goes on after errors; gives them. */
  session(script: string): Promise<string> {
    return runClient(this.#psql, ['-X', '-q', ...this.#target], script);
  }

  /** A file that the server can read; gives its path. */
  file(name: string, text: string): string {
    const path = join(this.#folder, name);
    writeFileSync(path, text);
    return path;
  }

  stop(): void {
    this.#run(this.#control, ['stop', '--wait', '--mode=fast', '-D', this.#data]);
    rmSync(this.#folder, { recursive: true, force: true });
  }

  get #data(): string {
    return join(this.#folder, 'data');
  }

  get #target(): readonly string[] {
    return ['-h', this.#folder, '-U', 'crm', '-d', 'postgres'];
  }

  #run(command: string, args: readonly string[], input = ''): string {
    return execFileSync(command, args, {
      input,
      encoding: 'utf8',
      cwd: this.#folder,
      maxBuffer: 1 << 30,
      stdio: ['pipe', 'pipe', 'inherit'],
      ...this.#user,
    });
  }
}
