import { ContractError, nearestOf, refuseUnknownOptions } from './options.ts';

/** What one part of a contract must be. Types say it too, but not to authors of JavaScript, nor under a cast. */
export interface Part {
  readonly isOptional: boolean;
  /** What is expected, in words: `a text`. */
  readonly words: string;
  /** @throws ContractError when the value is not as it must be. `path` names the part, e.g. `delivery.name`. */
  readonly check: (where: string, path: string, value: unknown) => void;
}

/** `where`: the contract; `path`: the part within it, empty for the contract itself. */
interface PartPlace {
  readonly where: string;
  readonly path?: string;
}

export type Shape = Readonly<Record<string, Part>>;

/**
 * Holds a contract, or an object in it, against what it must be: every part there, none unknown, each of its kind.
 * @throws ContractError naming the part, and the nearest right one
 */
export function checkShape({ where, path = '' }: PartPlace, given: unknown, shape: Shape): void {
  if (!isObject(given)) throw new ContractError(`${where}: ${path || 'the contract'} must be an object`);
  refuseUnknownOptions(path ? `${where}: ${path}` : where, given, Object.keys(shape));
  checkParts({ where, path }, given, shape);
}

/** The same, where other parts than these may be there too. @throws ContractError */
export function checkParts({ where, path = '' }: PartPlace, given: object, shape: Shape): void {
  for (const [name, part] of Object.entries(shape)) {
    const value = (given as Record<string, unknown>)[name];
    const partPath = path ? `${path}.${name}` : name;
    if (value !== undefined) part.check(where, partPath, value);
    else if (!part.isOptional)
      throw new ContractError(`${where}: ${partPath} is missing; it must be ${part.words}`);
  }
}

export const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const part = (words: string, accepts: (value: unknown) => boolean): Part => ({
  isOptional: false,
  words,
  check: (where, path, value) => {
    if (!accepts(value)) throw new ContractError(`${where}: ${path} must be ${words}`);
  },
});

export const maybe = (required: Part): Part => ({ ...required, isOptional: true });

export const anything = part('given', () => true);
export const string = part('a text', value => typeof value === 'string');
export const number = part('a number', value => typeof value === 'number');
export const callback = part('a function', value => typeof value === 'function');

/** A text that says something. */
export const words: Part = {
  ...string,
  check: (where, path, value) => {
    string.check(where, path, value);
    if (!(value as string).trim()) throw new ContractError(`${where}: ${path} must say something`);
  },
};

export const whole = (least: number, most: number): Part =>
  part(
    `a whole number from ${least} to ${most}`,
    value => Number.isInteger(value) && (value as number) >= least && (value as number) <= most,
  );

export function choice(...allowed: readonly string[]): Part {
  const list = allowed.map(value => `'${value}'`).join(', ');
  const check = (where: string, path: string, value: unknown) => {
    if (allowed.includes(value as string)) return;
    const nearest = typeof value === 'string' ? nearestOf(value, allowed) : undefined;
    const hint = nearest === undefined ? '' : `; did you mean '${nearest}'?`;
    throw new ContractError(`${where}: ${path} must be one of ${list}${hint}`);
  };
  return { isOptional: false, words: `one of ${list}`, check };
}

export const object = (shape: Shape): Part => ({
  isOptional: false,
  words: `an object of ${Object.keys(shape).join(', ')}`,
  check: (where, path, value) => checkShape({ where, path }, value, shape),
});

export const listOf = (item: Part): Part => ({
  isOptional: false,
  words: 'a list',
  check: (where, path, value) => {
    if (!Array.isArray(value)) throw new ContractError(`${where}: ${path} must be a list`);
    for (const [i, member] of value.entries()) item.check(where, `${path}[${i}]`, member);
  },
});

/** An object with names of its own, whose values are all of one kind. */
export const mapOf = (item: Part): Part => ({
  isOptional: false,
  words: 'an object',
  check: (where, path, value) => {
    if (!isObject(value)) throw new ContractError(`${where}: ${path} must be an object`);
    for (const [name, member] of Object.entries(value)) item.check(where, `${path}.${name}`, member);
  },
});
