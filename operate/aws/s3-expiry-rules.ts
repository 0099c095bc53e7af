import {
  GetBucketLifecycleConfigurationCommand,
  type LifecycleRule,
  PutBucketLifecycleConfigurationCommand,
  type S3Client,
} from '@aws-sdk/client-s3';
import { nameOf } from '#shared/aws/aws-errors.ts';
import type { ExpiringBucket, ExpiryRule } from '../core/retention/expiry-rules.ts';
import type { ExpiryRules } from '../retention-ports.ts';

/** Begins the ids of the rules that are kept here. The rules of the template have other names and stay as they are. */
const own = 'contract-';

export class S3ExpiryRules implements ExpiryRules {
  readonly #client: S3Client;
  readonly #buckets: Readonly<Record<ExpiringBucket, string>>;

  constructor(client: S3Client, buckets: Readonly<Record<ExpiringBucket, string>>) {
    this.#client = client;
    this.#buckets = buckets;
  }

  async read(bucket: ExpiringBucket): Promise<readonly ExpiryRule[]> {
    return (await this.#all(bucket)).filter(isOwn).map(expiryRuleOf);
  }

  async write(bucket: ExpiringBucket, rules: readonly ExpiryRule[]): Promise<void> {
    const others = (await this.#all(bucket)).filter(rule => !isOwn(rule));
    await this.#client.send(
      new PutBucketLifecycleConfigurationCommand({
        Bucket: this.#buckets[bucket],
        LifecycleConfiguration: { Rules: [...others, ...rules.map(lifecycleRuleOf)] },
      }),
    );
  }

  async #all(bucket: ExpiringBucket): Promise<readonly LifecycleRule[]> {
    try {
      const asked = new GetBucketLifecycleConfigurationCommand({ Bucket: this.#buckets[bucket] });
      return (await this.#client.send(asked)).Rules ?? [];
    } catch (error) {
      if (nameOf(error) === 'NoSuchLifecycleConfiguration') return [];
      throw error;
    }
  }
}

const isOwn = ({ ID = '' }: LifecycleRule): boolean => ID.startsWith(own);

const expiryRuleOf = ({
  ID = '',
  Filter,
  Expiration,
  NoncurrentVersionExpiration,
}: LifecycleRule): ExpiryRule => ({
  id: ID.slice(own.length),
  prefix: Filter?.Prefix ?? '',
  days: Expiration?.Days ?? 0,
  restorableDays: NoncurrentVersionExpiration?.NoncurrentDays ?? 0,
});

const lifecycleRuleOf = ({ id, prefix, days, restorableDays }: ExpiryRule): LifecycleRule => ({
  ID: own + id,
  Status: 'Enabled',
  Filter: { Prefix: prefix },
  Expiration: { Days: days },
  NoncurrentVersionExpiration: { NoncurrentDays: restorableDays },
});
