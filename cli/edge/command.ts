import type { ParseArgsConfig } from 'node:util';
import type { OperatorApi } from './operator-api.ts';

/** What an option is for. It is a flag, or takes a value. */
export interface OptionHelp {
  /** `<value>`, where it takes one. */
  readonly value?: string;
  readonly meaning: string;
}

/** What was typed after the command's name. */
export interface CommandInput {
  /** One for each of the command's `takes`. */
  readonly given: readonly string[];
  readonly options: Readonly<Record<string, string>>;
  /** That is asked. Undefined: the local cloud. */
  readonly stage?: string | undefined;
}

/** What a command tells. */
export interface Told {
  /** For people: lines that fit the terminal. */
  readonly text: string;
  /** For programs: the answer itself. */
  readonly json: unknown;
  /** Whether something waits for people: exit code 1. */
  readonly needsAttention?: boolean;
}

/** Of the local cloud. */
type Identity = 'operator' | 'approver' | 'reader';

/** One command of `npm run edge`. */
export interface Command {
  readonly summary: string;
  /** Names of what it takes; those in square brackets may be left out. */
  readonly takes: readonly string[];
  readonly options: Readonly<Record<string, OptionHelp>>;
  /** Words that a shell completes, besides its options. */
  readonly completes?: readonly string[];
  /** More on it, for the help: sentences. */
  readonly notes?: string;
  readonly examples: readonly string[];
  /** Who asks the local cloud, when the call names no one. Default: the viewer. */
  readonly identity?: Identity | ((options: Readonly<Record<string, unknown>>) => Identity);
  /** Whether it works on the local cloud alone: then `--stage` is refused. */
  readonly isLocal?: true;
  run(api: OperatorApi, input: CommandInput): Promise<Told>;
}

export type ParsedOptions = NonNullable<ParseArgsConfig['options']>;

/** Of lists: how many, and from where. */
export const pageOptions = {
  limit: { value: '<n>', meaning: 'show so many at most (default 25, at most 100)' },
  cursor: { value: '<cursor>', meaning: 'show the page after this one' },
} as const;

/** How to see the next page. */
export const nextLine = (next: string | null): string => (next ? `\nMore: add --cursor ${next}` : '');
