import type { Pass } from './handoff.ts';

/** Asks for one chunk of a file to be worked on. */
export interface ChunkMessage {
  readonly kind: 'edge.chunk';
  readonly handoffId: string;
  readonly pass: Pass;
  readonly n: number;
  /** How often the chunk was handed on because time was short. */
  readonly hop: number;
  /** Where the chunk's checkpoint was when the message was sent. A later checkpoint shows that the message made progress. */
  readonly fromByte: number;
}

/** Asks for a file's settling to go on. */
export interface SettleMessage {
  readonly kind: 'edge.settle';
  readonly handoffId: string;
  readonly hop: number;
  /** Parts that were in the report when the message was sent. More of them show that the message made progress. */
  readonly fromPart: number;
}

/** Asks for the answer of a settled file to be written again. */
export interface AcknowledgeMessage {
  readonly kind: 'edge.acknowledge';
  readonly handoffId: string;
}

/** Work that one invocation began, and another goes on with. */
export type RestMessage = ChunkMessage | SettleMessage;

/** What a lane's queue brings besides notifications: sent by the lane to itself, and by the reconciler. */
export type OwnMessage = RestMessage | AcknowledgeMessage;
