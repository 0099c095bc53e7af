import { DeleteObjectCommand, GetObjectCommand, PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import * as z from 'zod';

/** Beside what Lambda writes, so that there is no notice of it. */
const Key = 'redelivery.json';

/** Longer than a feed's function runs, renewals included. An interrupted command blocks others for at most this long. */
const leaseMilliseconds = 300_000;
/** A lease that is older is renewed before the next invocation. */
const renewalMilliseconds = 60_000;
const triesMax = 5;

const content = z.object({ holder: z.string(), since: z.string(), until: z.string() });
type Content = z.infer<typeof content>;

/** The feed's bucket. */
interface LeasePlace {
  readonly s3: S3Client;
  readonly bucket: string;
}

/**
 * The right to redeliver a feed's records. One operator at a time holds it, so that two cannot bring the changes of one key out of
 * order. It is an object in the bucket, written only where there is none, or in place of one that has expired.
 */
export class Lease {
  readonly #s3: S3Client;
  readonly #bucket: string;
  readonly #holder: string;
  readonly #now: () => number;
  readonly #since: string;
  #etag: string | undefined;
  #renewedAt = 0;

  private constructor({ s3, bucket }: LeasePlace, holder: string, now: () => number) {
    this.#s3 = s3;
    this.#bucket = bucket;
    this.#holder = holder;
    this.#now = now;
    this.#since = new Date(now()).toISOString();
  }

  /** @throws Error that names who holds it, and until when. */
  static async take(place: LeasePlace, holder: string, now = Date.now): Promise<Lease> {
    const lease = new Lease(place, holder, now);
    for (let tries = 0; tries < triesMax; tries++) {
      if (await lease.#write({ IfNoneMatch: '*' })) return lease;
      const found = await lease.#read();
      if (!found) continue;
      if (Date.parse(found.until) > now()) throw new Error(refusal(found));
      if (await lease.#write({ IfMatch: found.etag })) return lease;
    }
    throw new Error(
      'another operator started a redelivery at the same moment; check what they did, then run the command again',
    );
  }

  /** @throws Error when it expired and somebody else holds it. */
  async renew(): Promise<void> {
    if (this.#now() - this.#renewedAt < renewalMilliseconds) return;
    if (this.#etag === undefined || !(await this.#write({ IfMatch: this.#etag })))
      throw new Error(
        'another redelivery began, because this one paused too long; wait until it ends, then run the command again',
      );
  }

  /** An expired one is left: somebody else may hold it by now. */
  async end(): Promise<void> {
    if (this.#now() - this.#renewedAt < leaseMilliseconds)
      await this.#s3.send(new DeleteObjectCommand({ Bucket: this.#bucket, Key }));
  }

  /** Whether the condition held. */
  async #write(condition: { readonly IfMatch: string } | { readonly IfNoneMatch: string }): Promise<boolean> {
    const writtenAt = this.#now();
    const until = new Date(writtenAt + leaseMilliseconds).toISOString();
    const body: Content = { holder: this.#holder, since: this.#since, until };
    try {
      const { ETag } = await this.#s3.send(
        new PutObjectCommand({ Bucket: this.#bucket, Key, Body: JSON.stringify(body), ...condition }),
      );
      this.#remember(ETag, writtenAt);
      return true;
    } catch (error) {
      if (!conflicts.has((error as Error).name)) throw error;
    }
    // The answer may have been lost, and the client may have sent the call twice.
    const found = await this.#read();
    const isOwn = found?.holder === body.holder && found.since === body.since && found.until === body.until;
    if (isOwn) this.#remember(found.etag, writtenAt);
    return isOwn;
  }

  #remember(etag: string | undefined, writtenAt: number): void {
    this.#etag = etag;
    this.#renewedAt = writtenAt;
  }

  async #read(): Promise<(Content & { readonly etag: string }) | undefined> {
    try {
      const { Body, ETag } = await this.#s3.send(new GetObjectCommand({ Bucket: this.#bucket, Key }));
      return { ...content.parse(JSON.parse((await Body?.transformToString()) ?? '')), etag: ETag ?? '' };
    } catch (error) {
      if ((error as Error).name === 'NoSuchKey') return undefined;
      throw error;
    }
  }
}

/** How S3 reports that the condition does not hold, or that the object is being written. */
const conflicts = new Set(['PreconditionFailed', 'ConditionalRequestConflict', 'NoSuchKey']);

const refusal = ({ holder, since, until }: Content): string =>
  `${holder} has been redelivering since ${since}; wait until it ends, or until ${until} if it was interrupted`;
