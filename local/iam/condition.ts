import { AssemblyError } from '../assembly/template.ts';
import { required } from '../required.ts';
import { matchesPattern } from './wildcard.ts';

/** What a request says of itself, by condition key in lower case. A key that it does not have is left out. */
export type RequestContext = Readonly<Record<string, readonly string[]>>;

export interface Condition {
  readonly operator: string;
  readonly key: string;
  readonly values: readonly string[];
}

type Holds = (found: readonly string[] | undefined, values: readonly string[]) => boolean;
type Matches = (value: string, found: string) => boolean;

const equals: Matches = (value, found) => value === found;
const like: Matches = (value, found) => matchesPattern(value, found);

/** A key that is missing matches nothing. */
const some =
  (matches: Matches): Holds =>
  (found, values) =>
    found?.some(one => values.some(value => matches(value, one))) ?? false;

/** "All of none" holds: a policy that means at least one says so with `Null`. */
const every =
  (matches: Matches): Holds =>
  (found, values) =>
    (found ?? []).every(one => values.some(value => matches(value, one)));

const no =
  (holds: Holds): Holds =>
  (found, values) =>
    !holds(found, values);

/** Source: IAM User Guide, condition operators, and multivalued context keys. */
const operators: Readonly<Record<string, Holds>> = {
  StringEquals: some(equals),
  StringNotEquals: no(some(equals)),
  StringLike: some(like),
  ArnLike: some(like),
  StringNotLike: no(some(like)),
  'ForAllValues:StringEquals': every(equals),
  'ForAllValues:StringLike': every(like),
  'ForAnyValue:StringEquals': some(equals),
  'ForAnyValue:StringLike': some(like),
  Null: (found, values) => values.includes(String(found === undefined)),
  Bool: some((value, found) => value.toLowerCase() === found),
};

/** Keys that the local cloud tells of a request; any other in a policy would be decided by its absence. */
const keys = [
  'aws:securetransport',
  's3:prefix',
  's3:delimiter',
  's3:if-none-match',
  'dynamodb:leadingkeys',
  'events:source',
  'events:detail-type',
  'lambda:functionarn',
  // No service asks KMS in a caller's name here, and a caller's own request has no such key on AWS either.
  'kms:viaservice',
];

/** @throws AssemblyError for operators and keys that are not evaluated. */
export function readConditions(
  where: string,
  conditions: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>,
): readonly Condition[] {
  return Object.entries(conditions).flatMap(([operator, byKey]) =>
    Object.entries(byKey).map(([name, values]) => {
      const key = name.toLowerCase();
      if (!Object.hasOwn(operators, operator) || !keys.includes(key))
        throw new AssemblyError(`${where}: condition ${operator} on ${name} is not evaluated locally`);
      return { operator, key, values };
    }),
  );
}

/** Requests count as sent over TLS: nothing leaves this machine. */
export const holds = ({ operator, key, values }: Condition, context: RequestContext): boolean =>
  required(operators[operator], operator)({ 'aws:securetransport': ['true'], ...context }[key], values);
