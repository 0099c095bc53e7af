import { mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { GetObjectCommand, ListObjectsV2Command, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { type LocalCloud, type LocalCloudOptions, startLocalCloud } from '#local/start-local-cloud.ts';
import { type CommandResult, runCommand } from './run-command.ts';
import { synthesiseOnce } from './synthesise-once.ts';

export interface Ack {
  readonly state: string;
  readonly correlationId: string;
  readonly object: { readonly versionId: string };
  readonly balanced: boolean;
  readonly counts: Readonly<Record<string, number>>;
  readonly fault: { readonly code: string; readonly detail: string; readonly remedy: string } | null;
  readonly rejectedRows: {
    readonly rows: number;
    readonly first: readonly { line: number; column: string | null; code: string }[];
  } | null;
}

export interface AuditLine {
  readonly step: string;
  readonly integration: string;
  readonly subject: string;
  readonly details: Readonly<Record<string, unknown>>;
}

/** An object of the audit bucket, with the records in it. */
export interface AuditObject {
  readonly key: string;
  readonly text: string;
  readonly lines: readonly AuditLine[];
}

/** The app as it would be deployed, on a local cloud of its own. */
export class LocalApp {
  readonly #directory: string;
  readonly #cloud: LocalCloud;
  readonly #s3: S3Client;
  readonly #sqs: SQSClient;

  private constructor(directory: string, cloud: LocalCloud) {
    this.#directory = directory;
    this.#cloud = cloud;
    const { region, credentials, endpoints } = cloud.description;
    this.#s3 = new S3Client({ region, credentials, endpoint: endpoints.s3, forcePathStyle: true });
    this.#sqs = new SQSClient({ region, credentials, endpoint: endpoints.sqs, useQueueUrlAsEndpoint: false });
  }

  static async start(
    options: Pick<LocalCloudOptions, 'faults' | 'chaos' | 'outside'> = {},
  ): Promise<LocalApp> {
    const directory = await mkdtemp(join(tmpdir(), 'edge-e2e-'));
    // What commands read of the folder that they are called in.
    for (const folder of ['integrations', 'events', 'docs'])
      await symlink(resolve(folder), join(directory, folder));
    const assemblyDir = await synthesiseOnce();
    return new LocalApp(
      directory,
      await startLocalCloud({
        ...options,
        schedules: 'on-demand',
        assemblyDir,
        stateDir: join(directory, '.local'),
      }),
    );
  }

  async stop(): Promise<void> {
    await this.#cloud.stop();
    this.#s3.destroy();
    this.#sqs.destroy();
    await rm(this.#directory, { recursive: true, force: true });
  }

  /** Calls the target of a schedule now. */
  fire(schedule: string): Promise<void> {
    return this.#cloud.fire(schedule);
  }

  /** Calls `npm run <name>` as beside a running `npm start`. */
  command(name: string, ...args: readonly string[]): Promise<CommandResult> {
    return runCommand(this.#directory, name, ...args);
  }

  /** In which commands are called. */
  get folder(): string {
    return this.#directory;
  }

  get description() {
    return this.#cloud.description;
  }

  lane(id: string) {
    return this.description.lanes.find(lane => lane.id === id)!;
  }

  /** Drops a file; gives its version. */
  async drop(lane: string, name: string, body: Uint8Array | string): Promise<string | undefined> {
    const Key = this.lane(lane).inPrefix + name;
    const { VersionId } = await this.#s3.send(
      new PutObjectCommand({ Bucket: this.description.buckets.inbound, Key, Body: Buffer.from(body) }),
    );
    return VersionId;
  }

  /** Drops a file of corrected rows. */
  async dropFixed(lane: string, name: string, body: Uint8Array | string): Promise<void> {
    const Key = this.lane(lane).fixedPrefix + name;
    await this.#s3.send(
      new PutObjectCommand({ Bucket: this.description.buckets.inbound, Key, Body: Buffer.from(body) }),
    );
  }

  /** Sends a message to a lane's queue, as S3 by way of EventBridge would. */
  async send(lane: string, body: object): Promise<void> {
    await this.#sqs.send(
      new SendMessageCommand({ QueueUrl: this.lane(lane).queueUrl, MessageBody: JSON.stringify(body) }),
    );
  }

  /** Puts a message among the dead letters of a lane or a fence. */
  async deadLetter(integration: string, body: object): Promise<void> {
    const { lanes, fences } = this.description;
    const { dlqUrl } = [...lanes, ...fences].find(({ id }) => id === integration)!;
    await this.#sqs.send(new SendMessageCommand({ QueueUrl: dlqUrl, MessageBody: JSON.stringify(body) }));
  }

  async text(bucket: 'inbound' | 'quarantine' | 'raw', key: string): Promise<string> {
    const { Body } = await this.#s3.send(
      new GetObjectCommand({ Bucket: this.description.buckets[bucket], Key: key }),
    );
    return Body!.transformToString();
  }

  /** The acknowledgement of a file, once it is there. */
  async ack(lane: string, name: string): Promise<Ack> {
    const key = `${this.lane(lane).ackPrefix}${name}.ack.json`;
    return until(`the acknowledgement ${key}`, async () => {
      try {
        return JSON.parse(await this.text('inbound', key)) as Ack;
      } catch (error) {
        if ((error as Error).name === 'NoSuchKey') return undefined;
        throw error;
      }
    });
  }

  /** Business events of one hand-off, or all. */
  async events(
    correlationId?: string,
  ): Promise<readonly { readonly id: string; readonly subject: string; readonly data: unknown }[]> {
    const response = await fetch(`${this.description.endpoints.console}/events`);
    const lines = (await response.text()).split('\n').filter(Boolean);
    const events = lines.map(line => JSON.parse(line)).filter(event => event.source !== 'edge');
    return events
      .map(event => event.detail)
      .filter(detail => !correlationId || detail.correlationid === correlationId);
  }

  async auditObjects(prefix = ''): Promise<readonly AuditObject[]> {
    const Bucket = this.description.audit!.bucket;
    const { Contents = [] } = await this.#s3.send(new ListObjectsV2Command({ Bucket, Prefix: prefix }));
    const reading = Contents.map(async ({ Key: key = '' }) => {
      const { Body } = await this.#s3.send(new GetObjectCommand({ Bucket, Key: key }));
      const text = await Body!.transformToString();
      const lines = key.startsWith('records/') ? text.trim().split('\n') : [];
      return { key, text, lines: lines.map((line): AuditLine => JSON.parse(line)) };
    });
    return Promise.all(reading);
  }

  /** What the audit trail says of an integration, once it says so of a subject whose steps fit. */
  async audited(
    integration: string,
    fits: (steps: readonly string[], lines: readonly AuditLine[]) => boolean,
  ): Promise<AuditLine[]> {
    return until(`the audit records of ${integration}`, async () => {
      const lines = (await this.auditObjects('records/')).flatMap(object => object.lines);
      const own = lines.filter(line => line.integration === integration);
      const subjects = [...new Set(own.map(({ subject }) => subject))];
      return subjects
        .map(subject => own.filter(line => line.subject === subject))
        .find(each =>
          fits(
            each.map(({ step }) => step),
            each,
          ),
        );
    });
  }

  async handoffs(): Promise<readonly { readonly key: string; readonly state: string }[]> {
    const response = await fetch(`${this.description.endpoints.console}/handoffs`);
    return (await response.text())
      .split('\n')
      .filter(Boolean)
      .map(line => JSON.parse(line));
  }
}

/** Asks until there is an answer. @throws Error after 3,000 tries: five minutes, more on a busy machine. */
export async function until<T>(what: string, ask: () => Promise<T | undefined>): Promise<T> {
  for (let asked = 0; asked < 3_000; asked++) {
    const answer = await ask();
    if (answer !== undefined) return answer;
    await sleep(100);
  }
  throw new Error(`${what} did not come in five minutes`);
}
