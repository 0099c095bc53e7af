import { spawn } from 'node:child_process';

/** Runs a client with a script on its standard input; gives what it wrote to standard error. */
export function runClient(command: string, args: readonly string[], script: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const client = spawn(command, args, { stdio: ['pipe', 'ignore', 'pipe'] });
    let errors = '';
    client.stderr.setEncoding('utf8').on('data', (text: string) => {
      errors += text;
    });
    client.on('error', reject).on('close', () => resolve(errors));
    client.stdin.end(script);
  });
}
