import { parseArgs } from 'node:util';

/** Reads `-c name=value` or `--context name=value`, any number of times, as the CDK's own command line does. @throws Error on anything else. */
export function contextFrom(args: readonly string[]): Record<string, string> {
  const { values } = parseArgs({
    args: [...args],
    options: { context: { type: 'string', short: 'c', multiple: true } },
  });
  return Object.fromEntries((values.context ?? []).map(pairOf));
}

function pairOf(text: string): [string, string] {
  const at = text.indexOf('=');
  if (at < 1) throw new Error(`-c ${text}: write name=value`);
  return [text.slice(0, at), text.slice(at + 1)];
}
