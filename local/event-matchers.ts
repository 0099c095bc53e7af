import { cidrTest } from './event-cidr.ts';

export class EventPatternError extends Error {
  override readonly name = 'EventPatternError';
}

/** `absent` asks that there be no value; else `fits` is asked of each. */
export interface Matcher {
  readonly absent: boolean;
  readonly fits: (value: unknown) => boolean;
}

type Fits = Matcher['fits'];
type Build = (argument: unknown, path: string) => Fits;

const builders: Readonly<Record<string, Build>> = {
  prefix: affix('prefix', (text, part) => text.startsWith(part)),
  suffix: affix('suffix', (text, part) => text.endsWith(part)),
  'equals-ignore-case': (argument, path) => sameText(text(argument, `${path} equals-ignore-case`)),
  wildcard: (argument, path) => wildcard(text(argument, `${path} wildcard`), path),
  'anything-but': anythingBut,
  numeric,
  cidr: (argument, path) => {
    const test = cidrTest(text(argument, `${path} cidr`));
    if (!test) throw new EventPatternError(`${path} cidr: ${argument} is no address range`);
    return value => typeof value === 'string' && test(value);
  },
};

/** One alternative of a field: a literal, or an object with one comparison. @throws EventPatternError */
export function matcher(alternative: unknown, path: string): Matcher {
  if (typeof alternative !== 'object' || alternative === null)
    return { absent: false, fits: value => value === alternative };
  const entries = Object.entries(alternative);
  const [name, argument] = entries[0] ?? ['', undefined];
  if (entries.length !== 1 || Array.isArray(alternative))
    throw new EventPatternError(`${path}: a comparison must have exactly one key`);
  if (name === 'exists') return exists(argument, path);
  const build = Object.hasOwn(builders, name) ? builders[name] : undefined;
  if (!build) throw new EventPatternError(`${path}: unknown comparison ${name}`);
  return { absent: false, fits: build(argument, path) };
}

function exists(argument: unknown, path: string): Matcher {
  if (typeof argument !== 'boolean') throw new EventPatternError(`${path} exists must be true or false`);
  return { absent: !argument, fits: () => true };
}

function affix(name: string, holds: (text: string, part: string) => boolean): Build {
  return (argument, path) => {
    if (isOnly(argument, 'equals-ignore-case')) {
      const folded = fold(text(argument['equals-ignore-case'], `${path} ${name}`));
      return value => typeof value === 'string' && holds(fold(value), folded);
    }
    const part = text(argument, `${path} ${name}`);
    return value => typeof value === 'string' && holds(value, part);
  };
}

function anythingBut(argument: unknown, path: string): Fits {
  if (typeof argument !== 'object' || argument === null || Array.isArray(argument)) {
    const refused = literals(argument, path);
    return value => !refused.includes(value);
  }
  const [name, inner] = Object.entries(argument)[0] ?? ['', undefined];
  const build = ['prefix', 'suffix', 'equals-ignore-case', 'wildcard'].includes(name)
    ? builders[name]
    : undefined;
  if (!build || Object.keys(argument).length !== 1)
    throw new EventPatternError(`${path} anything-but: unknown comparison ${name}`);
  const refused = (Array.isArray(inner) ? inner : [inner]).map(item => build(item, path));
  if (refused.length === 0) throw new EventPatternError(`${path} anything-but: an empty list`);
  return value => !refused.some(fits => fits(value));
}

function literals(argument: unknown, path: string): readonly unknown[] {
  const list = Array.isArray(argument) ? argument : [argument];
  if (list.length === 0 || list.some(item => typeof item !== 'string' && typeof item !== 'number'))
    throw new EventPatternError(`${path} anything-but takes strings or numbers`);
  return list;
}

const comparisons: Readonly<Record<string, (value: number, bound: number) => boolean>> = {
  '=': (value, bound) => value === bound,
  '<': (value, bound) => value < bound,
  '<=': (value, bound) => value <= bound,
  '>': (value, bound) => value > bound,
  '>=': (value, bound) => value >= bound,
};

function numeric(argument: unknown, path: string): Fits {
  if (!Array.isArray(argument) || ![2, 4].includes(argument.length))
    throw new EventPatternError(`${path} numeric takes one or two comparisons`);
  const tests: Fits[] = [];
  for (let i = 0; i < argument.length; i += 2) {
    const compare = comparisons[String(argument[i])];
    const bound: unknown = argument[i + 1];
    if (!compare || typeof bound !== 'number')
      throw new EventPatternError(`${path} numeric: ${argument[i]} ${argument[i + 1]} is no comparison`);
    tests.push(value => typeof value === 'number' && compare(value, bound));
  }
  return value => tests.every(test => test(value));
}

/** `*` stands for any characters; `\*` and `\\` for themselves. */
function wildcard(pattern: string, path: string): Fits {
  if (/(?<!\\)(?:\\\\)*\*\*/.test(pattern))
    throw new EventPatternError(`${path} wildcard: consecutive * in ${pattern}`);
  const source = pattern.replace(/\\([*\\])|\*|[\s\S]/gu, (part, escaped?: string) =>
    part === '*' ? '[\\s\\S]*' : (escaped ?? part).replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&'),
  );
  const expression = new RegExp(`^${source}$`);
  return value => typeof value === 'string' && expression.test(value);
}

function sameText(expected: string): Fits {
  const folded = fold(expected);
  return value => typeof value === 'string' && fold(value) === folded;
}

const fold = (value: string): string => value.toLowerCase();

function text(argument: unknown, what: string): string {
  if (typeof argument !== 'string') throw new EventPatternError(`${what} must be a string`);
  return argument;
}

const isOnly = <K extends string>(value: unknown, key: K): value is Record<K, unknown> =>
  typeof value === 'object' && value !== null && Object.keys(value).length === 1 && key in value;
