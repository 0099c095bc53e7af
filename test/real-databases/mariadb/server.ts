import { execFileSync, spawn } from 'node:child_process';
import { chownSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { program } from '../programs.ts';
import { runClient } from '../run-client.ts';
import { serverUser } from '../server-user.ts';

const toInstall = 'apt-get install mariadb-server';
const startMilliseconds = 30_000;

/** A MariaDB of one's own, in a temporary folder, reached through a socket there. */
export class MariaDb {
  readonly #client = program('mariadb', toInstall);
  readonly #folder: string;

  private constructor(folder: string) {
    this.#folder = folder;
  }

  /** @throws ServerMissing */
  static async start(): Promise<MariaDb> {
    const [install, server] = ['mariadb-install-db', 'mariadbd'].map(name => program(name, toInstall));
    const user = serverUser('mysql');
    const folder = mkdtempSync(join(tmpdir(), 'mariadb-changes-'));
    const data = join(folder, 'data');
    mkdirSync(data);
    if (user) for (const path of [folder, data]) chownSync(path, user.uid, user.gid);
    execFileSync(
      install ?? '',
      ['--no-defaults', `--datadir=${data}`, '--auth-root-authentication-method=normal'],
      {
        stdio: ['ignore', 'ignore', 'inherit'],
        ...user,
      },
    );
    const settings = [
      ...[`--datadir=${data}`, `--socket=${join(folder, 'socket')}`, `--pid-file=${join(folder, 'pid')}`],
      ...[`--log-error=${join(folder, 'log')}`, '--skip-networking', '--secure-file-priv='],
      ...['--log-bin=binlog', '--binlog-format=ROW', '--binlog-row-image=FULL', '--binlog-checksum=NONE'],
      ...['--innodb-flush-log-at-trx-commit=0', '--innodb-lock-wait-timeout=2', '--max-allowed-packet=64M'],
      ...['--character-set-server=utf8mb4', '--collation-server=utf8mb4_nopad_bin'],
      ...['--sql-mode=NO_BACKSLASH_ESCAPES', '--default-time-zone=+00:00'],
    ];
    spawn(server ?? '', ['--no-defaults', ...settings], { stdio: 'ignore', ...user });
    const started = new MariaDb(folder);
    for (let waited = 0; !existsSync(join(folder, 'socket')); waited += 100) {
      if (waited > startMilliseconds) throw new Error(readFileSync(join(folder, 'log'), 'utf8'));
      await setTimeout(100);
    }
    started.sql('create database if not exists shop');
    return started;
  }

  /** Runs SQL; rows come back as lines of tab-separated text. */
  sql(text: string): string[][] {
    const output = execFileSync(this.#client, [...this.#target, '--batch', '--raw', '--skip-column-names'], {
      input: text,
      encoding: 'utf8',
      maxBuffer: 1 << 30,
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    return output
      .split('\n')
      .filter(Boolean)
      .map(line => line.split('\t'));
  }

  /** A session of its own that goes on after errors; gives them. */
  session(script: string): Promise<string> {
    return runClient(this.#client, [...this.#target, '--force', '--database=shop'], script);
  }

  /** A file that the server can read; gives its path. */
  file(name: string, text: string): string {
    const path = join(this.#folder, name);
    writeFileSync(path, text);
    return path;
  }

  /** The binary log's files, in order. */
  binlogs(): { readonly name: string; readonly bytes: Buffer }[] {
    const names = this.sql('show binary logs').map(([name = '']) => name);
    return names.map(name => ({ name, bytes: readFileSync(join(this.#folder, 'data', name)) }));
  }

  async stop(): Promise<void> {
    this.sql('shutdown');
    while (existsSync(join(this.#folder, 'pid'))) await setTimeout(50);
    rmSync(this.#folder, { recursive: true, force: true });
  }

  get #target(): readonly string[] {
    return [
      '--no-defaults',
      `--socket=${join(this.#folder, 'socket')}`,
      '--user=root',
      '--default-character-set=utf8mb4',
    ];
  }
}
