import { createReadStream } from 'node:fs';
import { text } from 'node:stream/consumers';
import { EventBridgeClient, type PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { type GetObjectCommand, S3Client } from '@aws-sdk/client-s3';

/** The clients of rivals: the SDK's, or ones that call nobody, to see what is left without calls. */
const isAlone = process.env.BENCH_CALLS === 'none';

const fileClient = {
  async send({ input }: GetObjectCommand) {
    const Body = createReadStream(process.env[`FILE ${input.Key}`] ?? '');
    return { Body: Object.assign(Body, { transformToString: () => text(Body) }) };
  },
};

const silentClient = { send: async (_: PutEventsCommand) => ({}) };

export const s3 = isAlone ? (fileClient as unknown as S3Client) : new S3Client({ forcePathStyle: true });
export const eventBridge = isAlone
  ? (silentClient as unknown as EventBridgeClient)
  : new EventBridgeClient({});
