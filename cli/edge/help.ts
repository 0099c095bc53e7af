import { wrapped } from '../wrap.ts';
import type { Command, OptionHelp } from './command.ts';
import { commands } from './commands.ts';

/** Options that every command has. */
export const commonOptions = {
  stage: { value: '<stage>', meaning: 'ask a deployed stage, with your AWS credentials' },
  as: {
    value: '<identity>',
    meaning: 'ask the local cloud as this identity: viewer, operator, approver or reader',
  },
  json: { meaning: 'print the answer as JSON, for programs' },
  help: { meaning: 'print this help' },
} as const satisfies Readonly<Record<string, OptionHelp>>;

/** Its meaning begins in the same column on every line. */
function optionLines([option, { value = '', meaning }]: readonly [string, OptionHelp]): string[] {
  const [first = '', ...others] = wrapped(meaning, ' '.repeat(22));
  return [`  ${`--${option} ${value}`.padEnd(19)} ${first.trimStart()}`, ...others];
}

const exitCodes = 'Exit codes: 0 good, 1 something waits for people, 2 wrong command, 3 failed';

export function overview(): string {
  const lines = Object.entries(commands).map(([name, { summary }]) => `  ${name.padEnd(14)} ${summary}`);
  return [
    'usage: npm run edge -- <command> [options]',
    '',
    ...lines,
    `  ${'completion'.padEnd(14)} What bash, zsh or fish reads to complete these commands`,
    '',
    'Without --stage it asks the local cloud (npm start).',
    'Help on one: npm run edge -- <command> --help',
    exitCodes,
  ].join('\n');
}

export const usageOf = (name: string, { takes }: Command): string =>
  `usage: npm run edge -- ${[name, ...takes.map(word => (word.startsWith('[') ? word : `<${word}>`)), '[options]'].join(' ')}`;

export function helpOn(name: string, command: Command): string {
  const options = Object.entries<OptionHelp>({ ...command.options, ...commonOptions });
  return [
    usageOf(name, command),
    `${command.summary}.`,
    ...(command.notes === undefined ? [] : wrapped(command.notes)),
    '',
    ...options.flatMap(optionLines),
    '',
    'For example:',
    ...command.examples.map(example => wrapped(example, '  ').join(' \\\n')),
    '',
    exitCodes,
  ].join('\n');
}
