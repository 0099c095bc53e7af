import { limits } from '#shared/contract/limits.ts';
import { EdgeError } from '#shared/core/log/edge-error.ts';
import type { Clock, Log, Secrets, SecretText } from '#shared/ports.ts';
import { type FenceKeys, parseFenceKeys } from '../core/webhook/fence-keys.ts';

interface Held {
  readonly keys: FenceKeys;
  readonly version: string;
  readonly readAt: number;
}

/** No keys could be had: ours to mend, never the sender's fault. */
export class NoKeys extends EdgeError {
  override readonly name = 'NoKeys';
}

export interface KeysOptions {
  readonly integration: string;
  readonly rotationDays: number | undefined;
}

/**
 * A fence's keys, read once and used for `keysCachedSeconds`: so long may a revoked secret be valid. Each reading is logged with
 * its version, so that it can be seen which keys a function uses. When they cannot be read again they are used for at most
 * `keysStaleSecondsMax`.
 */
export class Keys {
  readonly #secrets: Secrets;
  readonly #clock: Clock;
  readonly #log: Log;
  readonly #options: KeysOptions;
  #held: Held | undefined;
  #triedAt = Number.NEGATIVE_INFINITY;
  #reading: Promise<Held> | undefined;

  constructor({ secrets, clock, log }: { secrets: Secrets; clock: Clock; log: Log }, options: KeysOptions) {
    this.#secrets = secrets;
    this.#clock = clock;
    this.#log = log;
    this.#options = options;
  }

  /** @throws NoKeys */
  async current(): Promise<FenceKeys> {
    const held = this.#held;
    if (held && this.#age(held.readAt) < limits.keysCachedSeconds) return held.keys;
    if (held && this.#age(this.#triedAt) < limits.keysRefreshSecondsMin) return this.#stale(held, undefined);
    try {
      return (await this.#read()).keys;
    } catch (error) {
      if (held) return this.#stale(held, error);
      throw new NoKeys('the secret of the fence cannot be used', { cause: error });
    }
  }

  /** Keys newer than those given, which did not match; undefined when there are none, or it was asked just before. */
  async newerThan(keys: FenceKeys): Promise<FenceKeys | undefined> {
    if (this.#held && this.#held.keys !== keys) return this.#held.keys;
    if (this.#reading === undefined && this.#age(this.#triedAt) < limits.keysRefreshSecondsMin)
      return undefined;
    const before = this.#held?.version;
    try {
      const { keys: read, version } = await this.#read();
      return version === before ? undefined : read;
    } catch (error) {
      this.#log.error('secret unreadable', { ...this.#fields(), error });
      return undefined;
    }
  }

  #stale(held: Held, error: unknown): FenceKeys {
    if (this.#age(held.readAt) >= limits.keysStaleSecondsMax)
      throw new NoKeys('the secret of the fence was read too long ago', { cause: error });
    if (error !== undefined)
      this.#log.error('secret unreadable', { ...this.#fields(), secondsOld: this.#age(held.readAt), error });
    return held.keys;
  }

  /** One reading at a time, however many wait for it. */
  #read(): Promise<Held> {
    this.#triedAt = this.#clock.now();
    this.#reading ??= this.#readNow().finally(() => {
      this.#reading = undefined;
    });
    return this.#reading;
  }

  async #readNow(): Promise<Held> {
    const secret = await this.#secrets.read();
    const keys = parseFenceKeys(secret.text);
    if (!keys)
      throw new NoKeys(`version ${secret.version} is not {current, previous?, handshake?, statusKey?}`);
    this.#tell(secret, keys);
    // The same version keeps the same object, so that whoever holds it sees that nothing changed.
    const same = this.#held?.version === secret.version ? this.#held.keys : keys;
    this.#held = { keys: same, version: secret.version, readAt: this.#clock.now() };
    return this.#held;
  }

  #tell({ version, changedAt }: SecretText, { labels }: FenceKeys): void {
    const daysOld = Math.floor((this.#clock.now() - changedAt) / (limits.secondsADay * 1000));
    const fields = { ...this.#fields(), version, daysOld, rotating: labels.includes('previous') };
    this.#log.info('secret read', fields);
    const { rotationDays } = this.#options;
    if (rotationDays !== undefined && daysOld > rotationDays)
      this.#log.warn('secret overdue', { ...fields, rotationDays });
  }

  #fields() {
    return { integration: this.#options.integration };
  }

  /** Seconds. */
  #age(since: number): number {
    return (this.#clock.now() - since) / 1000;
  }
}
