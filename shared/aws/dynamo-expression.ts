/** One conditional update, in attributes instead of expression syntax. */
export interface Change {
  /** Attributes to write; undefined ones are left as they are. */
  readonly set?: Readonly<Record<string, unknown>>;
  /** Written only where the attribute is not there yet. */
  readonly setOnce?: Readonly<Record<string, unknown>>;
  /** Added to the attribute, from 0 where it is not there yet. */
  readonly add?: Readonly<Record<string, number>>;
  readonly remove?: readonly string[];
  readonly when: Condition;
}

/** An expression whose names are written `#attribute` and whose values are given as `:name`. */
export interface Condition {
  readonly expression: string;
  readonly values?: Readonly<Record<string, unknown>>;
}

export function expressionsOf({ set = {}, setOnce = {}, add = {}, remove = [], when }: Change) {
  const values: Record<string, unknown> = {};
  const assign =
    (prefix: string, write: (name: string, value: string) => string) =>
    ([name, value]: [string, unknown]) => {
      values[`:${prefix}_${name}`] = value;
      return `#${name} = ${write(`#${name}`, `:${prefix}_${name}`)}`;
    };
  const sets = [
    ...defined(set).map(assign('set', (_, value) => value)),
    ...defined(setOnce).map(assign('once', (name, value) => `if_not_exists(${name}, ${value})`)),
    ...defined(add).map(assign('add', (name, value) => `if_not_exists(${name}, :zero) + ${value}`)),
  ];
  if (Object.keys(add).length > 0) values[':zero'] = 0;
  const removes = remove.map(name => `#${name}`);
  const update = [clause('SET', sets), clause('REMOVE', removes)].filter(Boolean).join(' ');
  const condition = conditionOf(when);
  return {
    UpdateExpression: update,
    ConditionExpression: condition.ConditionExpression,
    ExpressionAttributeNames: namesIn(`${update} ${when.expression}`),
    ExpressionAttributeValues: noneIfEmpty({ ...values, ...condition.ExpressionAttributeValues }),
  };
}

export function conditionOf({ expression, values = {} }: Condition) {
  return {
    ConditionExpression: expression,
    ExpressionAttributeNames: namesIn(expression),
    ExpressionAttributeValues: noneIfEmpty(prefixed(values)),
  };
}

const clause = (verb: string, parts: readonly string[]): string =>
  parts.length > 0 ? `${verb} ${parts.join(', ')}` : '';

const defined = (fields: Readonly<Record<string, unknown>>): [string, unknown][] =>
  Object.entries(fields).filter(([, value]) => value !== undefined);

const prefixed = (values: Readonly<Record<string, unknown>>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [`:${name}`, value]));

/** DynamoDB refuses empty maps of names and values. */
const noneIfEmpty = <T extends object>(map: T): T | undefined =>
  Object.keys(map).length > 0 ? map : undefined;

const namesIn = (expression: string): Record<string, string> | undefined =>
  noneIfEmpty(
    Object.fromEntries([...expression.matchAll(/#(\w+)/g)].map(([whole, name = '']) => [whole, name])),
  );
