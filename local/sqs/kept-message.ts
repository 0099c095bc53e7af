/** A message that waits in a queue, to be sent again when the cloud is back. */
export interface KeptMessage {
  readonly body: string;
  readonly attributes: Readonly<Record<string, object>>;
  /** Epoch milliseconds: not to be received before. */
  readonly visibleAt: number;
  /** Of FIFO queues. */
  readonly groupId?: string | undefined;
  readonly deduplicationId?: string | undefined;
}

/** A message as fauxqs holds it. */
interface HeldMessage {
  readonly body: string;
  readonly messageAttributes: Readonly<Record<string, object>>;
  readonly delayUntil?: number;
  readonly messageGroupId?: string;
  readonly messageDeduplicationId?: string;
}

/** What fauxqs says of a queue. */
export interface InspectedQueue {
  readonly messages: {
    readonly ready: readonly HeldMessage[];
    readonly delayed: readonly HeldMessage[];
    readonly inflight: readonly { readonly message: HeldMessage }[];
  };
}

/** A message that was in work is visible at once: whoever had it is gone. Receives are counted from the beginning. */
export const keptMessages = ({ messages: { ready, delayed, inflight } }: InspectedQueue): KeptMessage[] =>
  [...inflight.map(({ message }) => message), ...ready, ...delayed].map(message => ({
    body: message.body,
    attributes: message.messageAttributes,
    visibleAt: message.delayUntil ?? 0,
    groupId: message.messageGroupId,
    deduplicationId: message.messageDeduplicationId,
  }));

const delaySecondsMax = 900;

/** What SendMessage takes. */
export const sendingOf = (kept: KeptMessage, now: number) => {
  const delay = Math.min(delaySecondsMax, Math.max(0, Math.ceil((kept.visibleAt - now) / 1000)));
  return {
    MessageBody: kept.body,
    MessageAttributes: kept.attributes,
    ...(kept.groupId === undefined
      ? delay > 0 && { DelaySeconds: delay }
      : { MessageGroupId: kept.groupId, MessageDeduplicationId: kept.deduplicationId }),
  };
};
