import { AssemblyError } from './template.ts';

/** What an intrinsic function asks of its stack. */
export interface Scope {
  ref(name: string): unknown;
  getAtt(logicalId: string, attribute: string): unknown;
  importValue(name: string): unknown;
  condition(name: string): boolean;
  findInMap(map: string, first: string, second: string): unknown;
  readonly region: string;
}

type Fn = (argument: unknown, scope: Scope) => unknown;

export const noValue = Symbol('AWS::NoValue');

const functions: Readonly<Record<string, Fn>> = {
  Ref: (name, scope) => scope.ref(String(name)),
  'Fn::GetAtt': getAtt,
  'Fn::Join': (argument, scope) => {
    const [separator, parts] = argument as [string, unknown];
    return (evaluate(parts, scope) as unknown[]).map(String).join(separator);
  },
  'Fn::Sub': substitute,
  'Fn::ImportValue': (name, scope) => scope.importValue(String(evaluate(name, scope))),
  'Fn::Select': (argument, scope) => {
    const [index, list] = evaluate(argument, scope) as [number | string, unknown[]];
    return list[Number(index)];
  },
  'Fn::Split': (argument, scope) => {
    const [separator, text] = evaluate(argument, scope) as [string, string];
    return text.split(separator);
  },
  'Fn::If': (argument, scope) => {
    const [name, yes, no] = argument as [string, unknown, unknown];
    return evaluate(scope.condition(name) ? yes : no, scope);
  },
  'Fn::Equals': (argument, scope) => {
    const [left, right] = evaluate(argument, scope) as unknown[];
    return String(left) === String(right);
  },
  'Fn::Not': (argument, scope) => !(evaluate(argument, scope) as boolean[])[0],
  'Fn::And': (argument, scope) => (evaluate(argument, scope) as boolean[]).every(Boolean),
  'Fn::Or': (argument, scope) => (evaluate(argument, scope) as boolean[]).some(Boolean),
  Condition: (name, scope) => scope.condition(String(name)),
  'Fn::FindInMap': (argument, scope) => {
    const [map, first, second] = evaluate(argument, scope) as [string, string, string];
    return scope.findInMap(map, first, second);
  },
  'Fn::Base64': (argument, scope) => Buffer.from(String(evaluate(argument, scope))).toString('base64'),
  'Fn::GetAZs': (_, scope) => ['a', 'b', 'c'].map(zone => scope.region + zone),
};

/** The value with every intrinsic function carried out; properties that are `AWS::NoValue` fall away. */
export function evaluate(value: unknown, scope: Scope): unknown {
  if (Array.isArray(value)) return value.map(item => evaluate(item, scope)).filter(item => item !== noValue);
  if (value === null || typeof value !== 'object') return value;
  const entries = Object.entries(value);
  const [name, argument] = entries[0] ?? [];
  if (
    entries.length === 1 &&
    name &&
    (name === 'Ref' || name.startsWith('Fn::') || isCondition(name, argument))
  ) {
    const fn = functions[name];
    if (!fn) throw new AssemblyError(`intrinsic function ${name} is not served`);
    return fn(argument, scope);
  }
  return Object.fromEntries(
    entries
      .map(([key, item]) => [key, evaluate(item, scope)] as const)
      .filter(([, item]) => item !== noValue),
  );
}

/** `{Condition: "Name"}` refers to a condition; in a policy statement `Condition` holds an object. */
const isCondition = (name: string, argument: unknown): boolean =>
  name === 'Condition' && typeof argument === 'string';

function getAtt(argument: unknown, scope: Scope): unknown {
  const [logicalId, ...attribute] = Array.isArray(argument) ? argument : String(argument).split('.');
  return scope.getAtt(String(logicalId), attribute.join('.'));
}

function substitute(argument: unknown, scope: Scope): string {
  const [text, own] = (Array.isArray(argument) ? argument : [argument, {}]) as [
    string,
    Record<string, unknown>,
  ];
  return text.replace(/\$\{(!?)([^}]+)\}/g, (_, literal: string, name: string) => {
    if (literal) return `\${${name}}`;
    if (Object.hasOwn(own, name)) return String(evaluate(own[name], scope));
    return String(name.includes('.') ? getAtt(name, scope) : scope.ref(name));
  });
}
