import type { Message } from '@aws-sdk/client-sqs';
import type { DeadLetter } from '../ports.ts';

/** A message that was received with its times. */
export const letterOf = ({ MessageId = '', Body = '', Attributes = {} }: Message): DeadLetter => ({
  messageId: MessageId,
  body: Body,
  sentAt: Number(Attributes.SentTimestamp),
  receives: Number(Attributes.ApproximateReceiveCount),
});
