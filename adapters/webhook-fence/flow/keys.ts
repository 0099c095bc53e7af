import { limits } from '#shared/contract/limits.ts';
import { EdgeError } from '#shared/core/log/edge-error.ts';
import type { Clock, Log, Secrets, SecretText } from '#shared/ports.ts';
import { type FenceKeys, parseFenceKeys } from '../core/webhook/fence-keys.ts';
import { logLines } from '../core/webhook/log-lines.ts';

interface CachedKeys {
  readonly keys: FenceKeys;
  readonly version: string;
  readonly isGenerated: boolean;
  readonly readAt: number;
}

/** The fence has no usable keys: ours to fix, never the sender's fault. */
export class NoKeys extends EdgeError {
  override readonly name = 'NoKeys';
}

export interface KeysOptions {
  readonly integration: string;
  readonly rotationDays: number | undefined;
  /** Where each of several tenants has secrets of its own. */
  readonly tenants: readonly string[] | undefined;
}

/**
 * A fence's keys, cached for `keysCachedSeconds`: a revoked secret can be valid that long. Each read is logged with the version of
 * the secret, which shows the keys that a function uses. If the keys cannot be read again, the cached ones are used for at most
 * `keysStaleSecondsMax`.
 */
export class Keys {
  readonly #secrets: Secrets;
  readonly #clock: Clock;
  readonly #log: Log;
  readonly #options: KeysOptions;
  #cached: CachedKeys | undefined;
  #triedAt = Number.NEGATIVE_INFINITY;
  #reading: Promise<CachedKeys> | undefined;

  constructor({ secrets, clock, log }: { secrets: Secrets; clock: Clock; log: Log }, options: KeysOptions) {
    this.#secrets = secrets;
    this.#clock = clock;
    this.#log = log;
    this.#options = options;
  }

  /** @throws NoKeys */
  async current(): Promise<FenceKeys> {
    const cached = this.#cached;
    if (cached && this.#age(cached.readAt) < limits.keysCachedSeconds) return cached.keys;
    if (cached && this.#age(this.#triedAt) < limits.keysRefreshSecondsMin)
      return this.#useStale(cached, undefined);
    try {
      return (await this.#read()).keys;
    } catch (error) {
      if (cached) return this.#useStale(cached, error);
      throw new NoKeys('the secret of the fence cannot be used', { cause: error });
    }
  }

  /** Keys newer than those given, which did not match. Undefined when there are none, or when the secret was read a moment ago. */
  async newerThan(keys: FenceKeys): Promise<FenceKeys | undefined> {
    if (this.#cached && this.#cached.keys !== keys) return this.#cached.keys;
    if (this.#reading === undefined && this.#age(this.#triedAt) < limits.keysRefreshSecondsMin)
      return undefined;
    const before = this.#cached?.version;
    try {
      const { keys: read, version } = await this.#read();
      return version === before ? undefined : read;
    } catch (error) {
      this.#log.error(logLines.secretUnreadable, { ...this.#fields(), error });
      return undefined;
    }
  }

  /** Whether nobody has written the secret that was read last: what was generated with the stack matches nothing of the partner’s. */
  get isGenerated(): boolean {
    return this.#cached?.isGenerated ?? false;
  }

  #useStale(cached: CachedKeys, error: unknown): FenceKeys {
    if (this.#age(cached.readAt) >= limits.keysStaleSecondsMax)
      throw new NoKeys('the secret of the fence was read too long ago', { cause: error });
    if (error !== undefined)
      this.#log.error(logLines.secretUnreadable, {
        ...this.#fields(),
        secondsOld: this.#age(cached.readAt),
        error,
      });
    return cached.keys;
  }

  /** One read at a time, for all that wait for it. */
  #read(): Promise<CachedKeys> {
    this.#triedAt = this.#clock.now();
    this.#reading ??= this.#readNow().finally(() => {
      this.#reading = undefined;
    });
    return this.#reading;
  }

  async #readNow(): Promise<CachedKeys> {
    const secret = await this.#secrets.read();
    const keys = parseFenceKeys(secret.text, this.#options.tenants);
    if ('problem' in keys)
      throw new NoKeys(`version ${secret.version} of the secret cannot be used: ${keys.problem}`);
    this.#logSecret(secret, keys);
    // The same version keeps the same object: callers compare it to see whether the keys changed.
    const same = this.#cached?.version === secret.version ? this.#cached.keys : keys;
    const { version, isGenerated } = secret;
    this.#cached = { keys: same, version, isGenerated, readAt: this.#clock.now() };
    return this.#cached;
  }

  #logSecret({ version, changedAt }: SecretText, { labels }: FenceKeys): void {
    const daysOld = Math.floor((this.#clock.now() - changedAt) / (limits.secondsADay * 1000));
    const fields = { ...this.#fields(), version, daysOld, rotating: labels.includes('previous') };
    this.#log.info(logLines.secretRead, fields);
    const { rotationDays } = this.#options;
    if (rotationDays !== undefined && daysOld > rotationDays)
      this.#log.warn(logLines.secretOverdue, { ...fields, rotationDays });
  }

  #fields() {
    return { integration: this.#options.integration };
  }

  /** Seconds. */
  #age(since: number): number {
    return (this.#clock.now() - since) / 1000;
  }
}
