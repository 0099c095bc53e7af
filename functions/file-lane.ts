import type { Context, SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import { fileLanePorts } from '#adapters/file-lane/aws/file-lane-ports.ts';
import type { FileLane } from '#adapters/file-lane/contract/file-lane.ts';
import { requireDecryption } from '#adapters/file-lane/flow/decryption.ts';
import { takeMessage } from '#adapters/file-lane/flow/take-message.ts';
import type { Bounds, DecryptAndVerify, Work } from '#adapters/file-lane/flow/work.ts';
import type { FileLanePorts } from '#adapters/file-lane/ports.ts';
import { guardHandler } from '#shared/aws/guard-handler.ts';
import { invocationOf } from '#shared/aws/invocation.ts';
import { limits } from '#shared/contract/limits.ts';

export type FileLaneHandler = (event: SQSEvent, context: Context) => Promise<SQSBatchResponse>;

/** What most lanes leave as it is. */
export interface FileLaneWiring {
  /** Needed by a lane with encryption or signatures. */
  readonly decryptAndVerify?: DecryptAndVerify;
  /** Default: production's. */
  readonly bounds?: Bounds;
}

/**
 * The Lambda handler of a file lane, for its queue. Messages that are not finished are made visible again at the time
 * their work says, and reported as failed so that the queue keeps them.
 */
export function fileLane(
  lane: FileLane,
  ports: FileLanePorts = fileLanePorts(process.env),
  { decryptAndVerify, bounds = limits }: FileLaneWiring = {},
): FileLaneHandler {
  requireDecryption(lane, decryptAndVerify);
  return guardHandler(ports.log, async (event, context) => {
    const work: Work = {
      lane,
      ports,
      invocation: invocationOf(context),
      bounds,
      decryptAndVerify,
    };
    const batchItemFailures = [];
    for (const record of event.Records) {
      if (!(await takeRecord(work, record))) batchItemFailures.push({ itemIdentifier: record.messageId });
    }
    return { batchItemFailures };
  });
}

/** Whether the message is finished. */
async function takeRecord(given: Work, record: SQSRecord): Promise<boolean> {
  const { laneQueue } = given.ports;
  const work: Work = { ...given, hideMessage: seconds => laneQueue.defer(record.receiptHandle, seconds) };
  const verdict = await takeMessage(work, {
    body: record.body,
    receives: Number(record.attributes.ApproximateReceiveCount),
  });
  if (verdict.kind === 'done') return true;
  await laneQueue.defer(record.receiptHandle, verdict.seconds);
  return false;
}
