import * as z from 'zod';
import { EdgeError } from '#shared/core/log/edge-error.ts';
import type { ReprocessMessage } from '../core/correction/reprocess-message.ts';
import type { OwnMessage } from '../core/outcome/own-message.ts';
import { type ProofMessage, proofMessage } from '../core/outcome/proof-message.ts';

/** S3's `Object Created` as EventBridge delivers it. The key is not URL-encoded and is never decoded. */
const objectCreated = z.object({
  id: z.string(),
  time: z.string(),
  'detail-type': z.literal('Object Created'),
  detail: z.object({
    bucket: z.object({ name: z.string() }),
    object: z.object({
      key: z.string(),
      size: z.number().optional(),
      etag: z.string().optional(),
      'version-id': z.string().optional(),
      sequencer: z.string().optional(),
    }),
  }),
});

export type ObjectCreated = z.infer<typeof objectCreated>;

const settleMessage = z.strictObject({
  kind: z.literal('edge.settle'),
  handoffId: z.string(),
  hop: z.int(),
  fromPart: z.int(),
});

const chunkMessage = z.strictObject({
  kind: z.literal('edge.chunk'),
  handoffId: z.string(),
  pass: z.enum(['check', 'publish']),
  n: z.int(),
  hop: z.int(),
  // Messages of an older release have none.
  fromByte: z.int().default(0),
});

const reprocessMessage = z.strictObject({
  kind: z.literal('edge.reprocess'),
  handoffId: z.string(),
  request: z.string().min(1),
  at: z.iso.datetime(),
});

const acknowledgeMessage = z.strictObject({ kind: z.literal('edge.acknowledge'), handoffId: z.string() });

const ownMessage = z.discriminatedUnion('kind', [chunkMessage, settleMessage, acknowledgeMessage]);

/** A message that waits, sent again. */
export interface PostponedMessage {
  readonly kind: 'edge.postponed';
  /** ISO 8601 UTC: when it was postponed first. */
  readonly since: string;
  readonly times: number;
  /** The message itself. */
  readonly message: unknown;
}

const postponedMessage = z.strictObject({
  kind: z.literal('edge.postponed'),
  since: z.iso.datetime(),
  times: z.int(),
  message: z.unknown(),
});

export interface ParsedMessage {
  readonly message: LaneMessage;
  /** The message as JSON, without what postponing added. */
  readonly body: unknown;
  readonly waited?: Pick<PostponedMessage, 'since' | 'times'>;
}

export type LaneMessage =
  | { readonly kind: 'arrival'; readonly notice: ObjectCreated }
  | { readonly kind: 'own'; readonly own: OwnMessage }
  | { readonly kind: 'proof'; readonly proof: ProofMessage }
  | { readonly kind: 'reprocess'; readonly asked: ReprocessMessage }
  | { readonly kind: 'test' };

/** The body is none of the lane's messages. Trying again does not help. */
export class UnreadableMessage extends EdgeError {
  override readonly name = 'UnreadableMessage';
}

/** @throws UnreadableMessage */
export function readMessage(text: string): ParsedMessage {
  try {
    return parseMessage(text);
  } catch (error) {
    throw new UnreadableMessage('the message is none of the lane’s', { cause: error });
  }
}

function parseMessage(text: string): ParsedMessage {
  const json: unknown = JSON.parse(text);
  const postponed = postponedMessage.safeParse(json);
  if (!postponed.success) return { message: messageOf(json), body: json };
  const { since, times, message } = postponed.data;
  return { message: messageOf(message), body: message, waited: { since, times } };
}

function messageOf(json: unknown): LaneMessage {
  if (isTestEvent(json)) return { kind: 'test' };
  const own = ownMessage.safeParse(json);
  if (own.success) return { kind: 'own', own: own.data };
  const proof = proofMessage.safeParse(json);
  if (proof.success) return { kind: 'proof', proof: proof.data };
  const reprocess = reprocessMessage.safeParse(json);
  if (reprocess.success) return { kind: 'reprocess', asked: reprocess.data };
  return { kind: 'arrival', notice: objectCreated.parse(json) };
}

/** S3 says once that direct notifications are set up; there is nothing in it. */
const isTestEvent = (json: unknown): boolean =>
  typeof json === 'object' && json !== null && 'Event' in json && json.Event === 's3:TestEvent';
