import type * as z from 'zod';
import { limits } from './limits.ts';
import { type Category, checkVerb, checkWord, verbs } from './names.ts';
import { ContractError, deepFreeze } from './options.ts';
import { personalPaths } from './pii.ts';
import {
  anything,
  callback,
  checkParts,
  checkShape,
  choice,
  listOf,
  number,
  object,
  type Part,
  type Shape,
  string,
  whole,
  words,
} from './shape.ts';

/** What an author writes; `defineEvent` derives the rest. */
export interface EventSpec<S extends z.ZodType = z.ZodType> {
  /** The business domain that owns the fact; becomes the EventBridge `source`. */
  readonly domain: string;
  readonly aggregate: string;
  /** The verb, of the category's list. */
  readonly name: string;
  /** Whole number from 1; a breaking change is a new version in a new file. */
  readonly version: number;
  readonly category: Category;
  readonly owner: string;
  /** One sentence for the catalogue. */
  readonly summary: string;
  /** How old, in seconds, a fact may be when the event is on the bus, counted from its arrival at the edge. */
  readonly sla: { readonly publishedWithinSeconds: number };
  /** Days the bus archive must be able to replay it; 0 for what is not archived. */
  readonly retention: { readonly archiveDays: number };
  /** Plain zod object: no transform, refine or default. Personal fields are tagged with `pii()`. */
  readonly schema: S;
  /**
   * Properties of `data`, in order, that name the aggregate. Several are joined by `/`, with `%` and `/` within them written
   * `%25` and `%2F`. May not be personal.
   */
  readonly aggregateId: readonly (keyof z.infer<S> & string)[];
  readonly example: z.infer<S>;
}

export interface EventContract<S extends z.ZodType = z.ZodType> extends EventSpec<S> {
  readonly kind: 'event';
  /** `<domain>.<aggregate>.<name>.v<version>`: the EventBridge `detail-type` and the CloudEvents `type`. */
  readonly type: string;
  /** Dotted paths of the personal fields in `data`. */
  readonly pii: readonly string[];
}

const zodSchema: Part = {
  ...anything,
  words: 'a schema of zod',
  check: (where, path, value) => checkParts({ where, path }, value as object, { safeParse: callback }),
};

const shape: Shape = {
  domain: string,
  aggregate: string,
  name: string,
  version: number,
  category: choice(...Object.keys(verbs)),
  owner: words,
  summary: words,
  sla: object({ publishedWithinSeconds: number }),
  retention: object({ archiveDays: whole(0, limits.contractDaysMax) }),
  schema: zodSchema,
  aggregateId: listOf(string),
  example: anything,
};

/**
 * Declares one version of a canonical event.
 * @throws ContractError on a missing part, a bad name, an unknown option, an example outside the schema, or a personal aggregate id.
 */
export function defineEvent<S extends z.ZodType>(spec: EventSpec<S>): EventContract<S> {
  const { domain, aggregate, name, version } = (spec ?? {}) as Partial<EventSpec<S>>;
  const type = `${domain}.${aggregate}.${name}.v${version}`;
  const where = `event ${type}`;
  checkShape({ where }, spec, shape);
  for (const part of [spec.domain, spec.aggregate, spec.name]) checkWord(where, part);
  checkVerb(where, spec.category, spec.name);
  if (!Number.isInteger(spec.version) || spec.version < 1)
    throw new ContractError(`${where}: version must be a whole number from 1`);
  if (spec.aggregateId.length === 0)
    throw new ContractError(`${where}: aggregateId must name at least one property`);
  const checked = spec.schema.safeParse(spec.example);
  if (!checked.success)
    throw new ContractError(`${where}: the example does not fit the schema: ${checked.error.message}`);
  const pii = personalPaths(spec.schema);
  const personal = spec.aggregateId.find(property => pii.includes(property));
  if (personal)
    throw new ContractError(
      `${where}: aggregateId "${personal}" is personal data and would stand in event attributes and logs`,
    );
  return deepFreeze({ ...spec, kind: 'event', type, pii });
}
