import { accessSync, constants, readdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** A server that is not installed; its message says how to install it. */
export class ServerMissing extends Error {}

/** Where Debian's packages put servers, besides the path. */
const serverFolders = ['/usr/sbin', ...postgresqlFolders()];

function postgresqlFolders(): string[] {
  const versions = '/usr/lib/postgresql';
  try {
    return readdirSync(versions).map(version => join(versions, version, 'bin'));
  } catch {
    return [];
  }
}

/** The program's full path. @throws ServerMissing */
export function program(name: string, toInstall: string): string {
  const folders = [...(process.env.PATH ?? '').split(delimiter), ...serverFolders];
  const found = folders.map(folder => join(folder, name)).find(isExecutable);
  if (found) return found;
  throw new ServerMissing(`\`${name}\` is not installed. On Debian: ${toInstall}`);
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
