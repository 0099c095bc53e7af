import { readFile } from 'node:fs/promises';
import { GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import type { CloudDescription, LaneDescription } from '#local/cloud-description.ts';
import { readCloudFile } from '#local/cloud-file.ts';
import type { FenceDescription } from '#local/fence-description.ts';
import { required } from '#local/required.ts';

/** A hand-off as the console shows it. */
export interface HandoffLine {
  readonly id: string;
  readonly integration: string;
  readonly key: string;
  readonly state: string;
  readonly tally: (Record<string, number> & { readonly received: number }) | null;
  readonly fault: { readonly code: string; readonly detail: string; readonly remedy: string } | null;
}

/** An event as the bus has it. */
export interface EventLine {
  readonly 'detail-type': string;
  readonly source: string;
  readonly detail: Readonly<Record<string, unknown>>;
}

// The local cloud is held to the Node.js of `engines`; what the SDK will support next year is Lambda's matter.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true';

/** By their ids, as a consumer would see them. */
export const eachOnce = (events: readonly EventLine[]): readonly EventLine[] => [
  ...new Map(events.map(event => [`${event.source} ${event.detail.id}`, event])).values(),
];

/** The local cloud that is up. @throws Error that says what to run, when none is. */
export const readCloud = (): CloudDescription => readCloudFile('.local');

/** What a partner, an operator and a consumer do with the local cloud. */
export class Cloud {
  readonly description: CloudDescription;
  /** Whether services fail and functions are killed: then work takes longer, and an event may be on the bus more than once. */
  readonly hasChaos: boolean;
  readonly #s3: S3Client;

  constructor(description: CloudDescription, { hasChaos = false } = {}) {
    this.description = description;
    this.hasChaos = hasChaos;
    const { region, credentials, endpoints } = description;
    this.#s3 = new S3Client({ region, credentials, endpoint: endpoints.s3, forcePathStyle: true });
  }

  lane(id: string): LaneDescription {
    const { lanes } = this.description;
    const lane = lanes.find(candidate => candidate.id === id);
    if (!lane) throw new Error(`There is no lane "${id}". Lanes: ${lanes.map(known => known.id).join(', ')}`);
    return lane;
  }

  fence(id: string): FenceDescription {
    const { fences } = this.description;
    const fence = fences.find(candidate => candidate.id === id);
    if (!fence)
      throw new Error(`There is no fence "${id}". Fences: ${fences.map(known => known.id).join(', ')}`);
    return fence;
  }

  /** Drops a local file into the lane, as a partner would. */
  async drop(lane: LaneDescription, file: string, name: string): Promise<void> {
    await this.put(file, lane.inPrefix + name);
  }

  /** Puts a local file under a key that its partner may write. */
  async put(file: string, key: string): Promise<void> {
    await this.write(key, await readFile(file));
  }

  async write(Key: string, Body: Uint8Array): Promise<void> {
    await this.#s3.send(new PutObjectCommand({ Bucket: this.description.buckets.inbound, Key, Body }));
  }

  /** The rejected rows of a file, as its partner finds them. */
  rejectedRows(lane: LaneDescription, name: string): Promise<Uint8Array> {
    return this.#answer(`${lane.ackPrefix}${name}.rejected.csv`);
  }

  async acknowledgement(lane: LaneDescription, name: string): Promise<Readonly<Record<string, unknown>>> {
    const answer = await this.#answer(`${lane.ackPrefix}${name}.ack.json`);
    return JSON.parse(Buffer.from(answer).toString('utf8')) as Record<string, unknown>;
  }

  async #answer(Key: string): Promise<Uint8Array> {
    const { Body } = await this.#s3.send(
      new GetObjectCommand({ Bucket: this.description.buckets.inbound, Key }),
    );
    return required(Body, `content of ${Key}`).transformToByteArray();
  }

  handoffs(): Promise<readonly HandoffLine[]> {
    return this.#lines<HandoffLine>('/handoffs');
  }

  async events(): Promise<readonly EventLine[]> {
    const events = await this.#lines<EventLine>('/events');
    return this.hasChaos ? eachOnce(events) : events;
  }

  /** What a function logged so far, but for lines that are not JSON. */
  async log<T>(functionName: string): Promise<readonly T[]> {
    const lines = (await this.#page(`/logs?function=${functionName}`)).split('\n');
    return lines.filter(line => line.startsWith('{')).map(line => JSON.parse(line) as T);
  }

  async #lines<T>(page: string): Promise<readonly T[]> {
    const text = await this.#page(page);
    return text
      .split('\n')
      .filter(Boolean)
      .map(line => JSON.parse(line) as T);
  }

  async #page(page: string): Promise<string> {
    const { console } = this.description.endpoints;
    try {
      return await (await fetch(console + page)).text();
    } catch (cause) {
      throw new Error(`The local cloud does not answer at ${console}. Run \`npm start\` again.`, { cause });
    }
  }
}
