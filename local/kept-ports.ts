import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';

const port = z.int().min(1).max(65_535);
const portsShape = z.object({ front: port, http: port });

/** The ports of the local cloud: of its services, and of its HTTP APIs. */
export type Ports = z.infer<typeof portsShape>;

/** The ports of the last cloud with this state folder, so that addresses stay the same between starts. */
export function readPorts(stateDir: string): Partial<Ports> {
  try {
    return portsShape.parse(JSON.parse(readFileSync(join(stateDir, 'ports.json'), 'utf8')));
  } catch {
    return {};
  }
}

export const writePorts = (stateDir: string, ports: Ports): void =>
  writeFileSync(join(stateDir, 'ports.json'), `${JSON.stringify(ports)}\n`);

/** What can listen at a port; `0` takes any free one. */
interface Listening {
  listen(port: number): Promise<void>;
}

/** Listens at the given port, else at the kept one where it is free, else at any free one. */
export async function listenAt(
  server: Listening,
  { given, kept }: { readonly given: number | undefined; readonly kept: number | undefined },
): Promise<void> {
  if (given !== undefined || kept === undefined) return server.listen(given ?? 0);
  await server.listen(kept).catch(async (problem: NodeJS.ErrnoException) => {
    if (problem.code !== 'EADDRINUSE' && problem.code !== 'EACCES') throw problem;
    await server.listen(0);
  });
}
