import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

/** The services in a process of their own. */
export interface AwsProcess {
  /** What a function's environment says of them. */
  readonly environment: Readonly<Record<string, string>>;
  stop(): Promise<void>;
}

/** `files`: paths by the key under which they are in the inbound bucket. */
export async function startAws(files: Readonly<Record<string, string>>): Promise<AwsProcess> {
  const named = Object.entries(files).map(([key, path]) => `${key}=${path}`);
  const child = spawn(
    process.execPath,
    ['--import', 'tsx', '--no-warnings', 'bench/aws-server.ts', ...named],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  for await (const line of createInterface({ input: child.stdout }))
    return {
      environment: JSON.parse(line) as Record<string, string>,
      async stop() {
        // It may have ended with the subject that it served.
        if (child.exitCode === null && child.kill()) await once(child, 'exit');
      },
    };
  throw new Error('the services did not start');
}
