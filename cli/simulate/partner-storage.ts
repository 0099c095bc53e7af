import {
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  PutObjectCommand,
  S3Client,
  S3ServiceException,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import type { CloudDescription } from '#local/cloud-description.ts';
import { stranger } from './stranger.ts';

/** An upload that is under way. */
export interface Upload {
  end(): Promise<void>;
}

/** What simulated partners do with the inbound bucket of a local cloud. */
export class PartnerStorage {
  readonly #description: CloudDescription;
  readonly #s3: S3Client;

  constructor(description: CloudDescription) {
    this.#description = description;
    this.#s3 = this.#clientOf(description.credentials);
  }

  #clientOf(credentials: CloudDescription['credentials']): S3Client {
    const { region, endpoints } = this.#description;
    return new S3Client({ region, credentials, endpoint: endpoints.s3, forcePathStyle: true });
  }

  get #bucket(): string {
    return this.#description.buckets.inbound;
  }

  async drop(Key: string, Body: Uint8Array): Promise<void> {
    await this.#s3.send(new PutObjectCommand({ Bucket: this.#bucket, Key, Body }));
  }

  /** All bytes are sent; the object is there when the upload ends. */
  async beginUpload(Key: string, Body: Uint8Array): Promise<Upload> {
    const object = { Bucket: this.#bucket, Key };
    const { UploadId } = await this.#s3.send(new CreateMultipartUploadCommand(object));
    const upload = { ...object, UploadId };
    const { ETag } = await this.#s3.send(new UploadPartCommand({ ...upload, PartNumber: 1, Body }));
    const MultipartUpload = { Parts: [{ ETag, PartNumber: 1 }] };
    return {
      end: async () => {
        await this.#s3.send(new CompleteMultipartUploadCommand({ ...upload, MultipartUpload }));
      },
    };
  }

  /** The code of S3's refusal; undefined where it took the object. */
  async dropAsStranger(Key: string, Body: Uint8Array): Promise<string | undefined> {
    const s3 = this.#clientOf(stranger);
    try {
      await s3.send(new PutObjectCommand({ Bucket: this.#bucket, Key, Body }));
      return undefined;
    } catch (error) {
      if (error instanceof S3ServiceException) return error.name;
      throw error;
    } finally {
      s3.destroy();
    }
  }

  stop(): void {
    this.#s3.destroy();
  }
}
