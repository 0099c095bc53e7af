import type * as z from 'zod';
import { auditInput, auditOutput } from './shapes/audit.ts';
import { deadLettersInput, deadLettersOutput } from './shapes/dead-letters.ts';
import { handoffsInput, handoffsOutput, storyInput, storyOutput } from './shapes/handoffs.ts';
import { integrationsInput, integrationsOutput } from './shapes/integrations.ts';
import { quarantineInput, quarantineOutput } from './shapes/quarantine.ts';
import { rejectsInput, rejectsOutput } from './shapes/rejects.ts';
import { undeliveredInput, undeliveredOutput } from './shapes/undelivered.ts';

/** One operation of the API: routes, policies, documentation and answers follow from it. */
export interface Operation<I extends z.ZodObject = z.ZodObject, O extends z.ZodObject = z.ZodObject> {
  readonly method: 'GET' | 'POST';
  /** Parts in braces are parameters, percent-encoded. */
  readonly path: string;
  readonly summary: string;
  /** Parameters of path and query, or the body. */
  readonly input: I;
  readonly output: O;
}

export const operations = {
  listIntegrations: {
    method: 'GET',
    path: '/operate/integrations',
    summary: 'Every integration with its state, its books of the last 24 hours, and what waits for people',
    input: integrationsInput,
    output: integrationsOutput,
  },
  listHandoffs: {
    method: 'GET',
    path: '/operate/handoffs',
    summary: 'Hand-offs of a file lane: the newest first, or in the order of their keys when asked by name',
    input: handoffsInput,
    output: handoffsOutput,
  },
  readHandoff: {
    method: 'GET',
    path: '/operate/handoffs/{id}',
    summary: 'The story of one hand-off, and what to do now',
    input: storyInput,
    output: storyOutput,
  },
  listQuarantine: {
    method: 'GET',
    path: '/operate/quarantine',
    summary: 'Quarantined rows, requests and changes of an integration, without their content',
    input: quarantineInput,
    output: quarantineOutput,
  },
  listRejects: {
    method: 'GET',
    path: '/operate/rejects',
    summary: 'Requests that a fence rejected and kept, from the oldest, without their content',
    input: rejectsInput,
    output: rejectsOutput,
  },
  listDeadLetters: {
    method: 'GET',
    path: '/operate/dead-letters',
    summary: 'Dead letters of a lane or fence. They are invisible to others for a few seconds, and stay',
    input: deadLettersInput,
    output: deadLettersOutput,
  },
  listUndelivered: {
    method: 'GET',
    path: '/operate/undelivered',
    summary: 'Batches of records that a feed could not deliver',
    input: undeliveredInput,
    output: undeliveredOutput,
  },
  verifyAudit: {
    method: 'GET',
    path: '/operate/audit/verification',
    summary: 'Whether a day of the audit trail is as it was written, and where it is not',
    input: auditInput,
    output: auditOutput,
  },
} as const satisfies Readonly<Record<string, Operation>>;

export type OperationName = keyof typeof operations;
export type InputOf<N extends OperationName> = z.infer<(typeof operations)[N]['input']>;
export type OutputOf<N extends OperationName> = z.infer<(typeof operations)[N]['output']>;

export const operationNames = Object.keys(operations) as readonly OperationName[];

/** As API Gateway names the route. */
export const routeKeyOf = ({ method, path }: Pick<Operation, 'method' | 'path'>): string =>
  `${method} ${path}`;
