import { parseArgs } from 'node:util';
import type { Command, CommandInput, OptionHelp, ParsedOptions } from './command.ts';
import { commands } from './commands.ts';
import { completionFor } from './completion.ts';
import { Failure } from './failure.ts';
import { commonOptions, helpOn, overview, usageOf } from './help.ts';
import { nearest } from './nearest.ts';

export type Call =
  | { readonly kind: 'help'; readonly text: string }
  | {
      readonly kind: 'command';
      readonly command: Command;
      readonly input: CommandInput;
      /** Undefined: the local cloud. */
      readonly stage: string | undefined;
      readonly identity: string;
      readonly json: boolean;
    };

/** @throws Failure that shows how the command is written. */
export function readCall(given: readonly string[]): Call {
  const [name, ...args] = commandFirst(given);
  if (name === undefined || name === '--help') return { kind: 'help', text: overview() };
  if (name === 'completion') return { kind: 'help', text: completionFor(args[0], completed()) };
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (!command) throw new Failure(unknownCommand(name), 2);
  const { values, positionals } = parsed(name, command, args);
  if (values.help) return { kind: 'help', text: helpOn(name, command) };
  if (!isComplete(command, positionals)) throw new Failure(usageOf(name, command), 2);
  if (command.isLocal && values.stage !== undefined)
    throw new Failure(`${name} works on the local cloud only. Leave out --stage.`, 2);
  const { stage, as = identityOf(command, values), json = false, ...options } = values;
  return {
    ...{ kind: 'command', command, json: json === true, identity: String(as) },
    stage: stage === undefined ? undefined : String(stage),
    input: {
      given: positionals,
      options: options as Readonly<Record<string, string>>,
      ...(stage !== undefined && { stage: String(stage) }),
    },
  };
}

const identityOf = ({ identity }: Command, options: Readonly<Record<string, unknown>>): string =>
  typeof identity === 'function' ? identity(options) : (identity ?? 'viewer');

/** The commands that are suggested for a stage begin with it. */
const commandFirst = (given: readonly string[]): readonly string[] =>
  given[0] === '--stage' ? [...given.slice(2), ...given.slice(0, 2)] : given;

function isComplete({ takes }: Command, given: readonly string[]): boolean {
  const needed = takes.filter(word => !word.startsWith('['));
  return given.length >= needed.length && given.length <= takes.length;
}

function unknownCommand(name: string): string {
  const meant = nearest(name, [...Object.keys(commands), 'completion']);
  return `There is no command "${name}".${meant ? ` Did you mean "${meant}"?` : `\n${overview()}`}`;
}

/** Every command with its options, as a shell completes them. */
const completed = (): Readonly<Record<string, readonly string[]>> =>
  Object.fromEntries([
    ...Object.entries(commands).map(([name, { options, completes = [] }]) => [
      name,
      [...completes, ...Object.keys({ ...options, ...commonOptions }).map(option => `--${option}`)],
    ]),
    ['completion', ['bash', 'zsh', 'fish']],
  ]);

function parsed(name: string, command: Command, args: readonly string[]) {
  const options = Object.fromEntries(
    Object.entries<OptionHelp>({ ...command.options, ...commonOptions }).map(([option, { value }]) => [
      option,
      { type: value === undefined ? 'boolean' : 'string' } as const,
    ]),
  ) satisfies ParsedOptions;
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true });
  } catch (cause) {
    throw new Failure(`${(cause as Error).message}\n${usageOf(name, command)}`, 2, { cause });
  }
}
