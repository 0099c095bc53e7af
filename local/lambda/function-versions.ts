import { firstVersion } from '../aws-names.ts';
import type { FunctionPool } from './function-pool.ts';
import type { FunctionSpec } from './function-spec.ts';

/** Where an alias leads: to one version, and with a part of the invocations to another. */
export interface Routing {
  readonly version: string;
  readonly description: string;
  readonly others: Readonly<Record<string, number>>;
}

export interface PublishedVersion {
  readonly version: string;
  /** Epoch milliseconds. */
  readonly at: number;
}

/** What is published while the cloud runs is of another deployment than what it began with. */
const earlierMilliseconds = 3_600_000;

/** A function with its versions and aliases. Each version has execution environments of its own, and room of its own. */
export class FunctionVersions {
  readonly spec: FunctionSpec;
  readonly #start: (spec: FunctionSpec) => FunctionPool;
  readonly #pools = new Map<string, FunctionPool>();
  readonly #published: PublishedVersion[] = [];
  readonly #aliases = new Map<string, Routing>();

  constructor(spec: FunctionSpec, start: (spec: FunctionSpec) => FunctionPool) {
    this.spec = spec;
    this.#start = start;
    const deployed = start(spec);
    this.#pools.set('$LATEST', deployed);
    this.#pools.set(firstVersion, deployed);
    if (Object.values(spec.aliases).includes(firstVersion))
      this.#published.push({ version: firstVersion, at: Date.now() - earlierMilliseconds });
    for (const [name, version] of Object.entries(spec.aliases))
      this.#aliases.set(name, { version, description: '', others: {} });
  }

  get pools(): readonly FunctionPool[] {
    return [...new Set(this.#pools.values())];
  }

  get published(): readonly PublishedVersion[] {
    return this.#published;
  }

  alias(name: string): Routing | undefined {
    return this.#aliases.get(name);
  }

  has(qualifier = '$LATEST'): boolean {
    return this.#aliases.has(qualifier) || this.#pools.has(qualifier);
  }

  /** By version or alias. @throws Error when there is no such thing. */
  poolOf(qualifier = '$LATEST'): FunctionPool {
    const routing = this.#aliases.get(qualifier);
    const pool = this.#pools.get(routing ? chosen(routing) : qualifier);
    if (!pool) throw new Error(`${this.spec.name} has no version or alias ${qualifier}`);
    return pool;
  }

  /** A version of the same code, which AWS would refuse: here there is no other. */
  publish(): PublishedVersion {
    const version = String(this.#published.length + 1);
    const environment = { ...this.spec.environment, AWS_LAMBDA_FUNCTION_VERSION: version };
    this.#pools.set(version, this.#start({ ...this.spec, environment }));
    const made = { version, at: Date.now() };
    this.#published.push(made);
    return made;
  }

  /** False when there is no such alias, or no such version. */
  setAlias(name: string, to: Routing): boolean {
    const versions = [to.version, ...Object.keys(to.others)];
    if (!this.#aliases.has(name) || !versions.every(version => this.#pools.has(version))) return false;
    this.#aliases.set(name, to);
    return true;
  }
}

function chosen({ version, others }: Routing): string {
  let left = Math.random();
  for (const [other, weight] of Object.entries(others)) {
    left -= weight;
    if (left < 0) return other;
  }
  return version;
}
