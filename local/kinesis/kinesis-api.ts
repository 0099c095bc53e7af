import * as z from 'zod';
import { jsonSender, readBody } from '../http.ts';
import type { Exchange } from '../two-protocols.ts';
import type { DataStreams } from './data-streams.ts';
import {
  createStream,
  createStreamShape,
  describeStream,
  describeStreamSummary,
  listShards,
  listShardsShape,
  listStreams,
  listStreamsShape,
  namedShape,
} from './describe-actions.ts';
import { KinesisError } from './kinesis-error.ts';
import { putRecord, putRecordShape, putRecords, putRecordsShape } from './put-actions.ts';
import { getRecords, getRecordsShape, getShardIterator, getShardIteratorShape } from './read-actions.ts';

const contentType = 'application/x-amz-json-1.1';

type Action = (streams: DataStreams, input: unknown) => object | undefined;

const action =
  <S extends z.ZodType>(
    shape: S,
    carryOut: (streams: DataStreams, input: z.infer<S>) => object | undefined,
  ): Action =>
  (streams, input) => {
    const read = shape.safeParse(input);
    if (!read.success) throw new KinesisError('ValidationException', z.prettifyError(read.error));
    return carryOut(streams, read.data);
  };

const actions: Readonly<Record<string, Action>> = {
  CreateStream: action(createStreamShape, createStream),
  DescribeStream: action(namedShape, describeStream),
  DescribeStreamSummary: action(namedShape, describeStreamSummary),
  GetRecords: action(getRecordsShape, getRecords),
  GetShardIterator: action(getShardIteratorShape, getShardIterator),
  ListShards: action(listShardsShape, listShards),
  ListStreams: action(listStreamsShape, listStreams),
  PutRecord: action(putRecordShape, putRecord),
  PutRecords: action(putRecordsShape, putRecords),
};

/** Kinesis Data Streams in JSON 1.1, as the SDK and the AWS CLI speak it. */
export const kinesisApi =
  (streams: DataStreams) =>
  async ({ request, response }: Exchange): Promise<void> => {
    const body = await readBody(request);
    try {
      const target = String(request.headers['x-amz-target'] ?? '');
      const answer = actionOf(target)(streams, readJson(body, request.headers['content-type'] ?? ''));
      jsonSender(contentType)(response, 200, answer);
    } catch (problem) {
      if (!(problem instanceof KinesisError)) throw problem;
      jsonSender(contentType)(response, 400, { __type: problem.name, message: problem.message });
    }
  };

function actionOf(target: string): Action {
  const [, name = ''] = /^Kinesis_20131202\.(\w+)$/.exec(target) ?? [];
  const found = Object.hasOwn(actions, name) ? actions[name] : undefined;
  if (!found)
    throw new KinesisError('UnknownOperationException', `${target} is not served by the local cloud`);
  return found;
}

function readJson(body: Buffer, type: string): unknown {
  if (!type.startsWith('application/x-amz-json'))
    throw new KinesisError(
      'SerializationException',
      `${type} is not served by the local cloud, only ${contentType}; of Java clients, set AWS_CBOR_DISABLE=true`,
    );
  try {
    return JSON.parse(body.toString());
  } catch (problem) {
    throw new KinesisError('SerializationException', String(problem));
  }
}
