import type { IncomingMessage, ServerResponse } from 'node:http';
import { element, xmlDocument } from './s3/xml.ts';

/**
 * What happens to one call of a service: done; refused because there are too many; failed before anything is done; done without an answer;
 * or done after a while.
 */
export type Fate = 'done' | 'refused' | 'failed' | 'lost' | { readonly lateMilliseconds: number };

/** Decides it, by the service's name in signatures: `s3`, `sqs`, `dynamodb`, `events`, `secretsmanager`. */
export type Faults = (service: string, request: IncomingMessage) => Fate;

interface Refusal {
  readonly status: number;
  readonly name: string;
}

/**
 * How each service says that there are too many calls, and that it failed. Sources: the errors of each API reference; of S3 and
 * of calls without a name of their own, the common errors. Clients try again after each.
 */
export const refusals: Readonly<Record<string, Readonly<Record<'refused' | 'failed', Refusal>>>> = {
  s3: { refused: { status: 503, name: 'SlowDown' }, failed: { status: 500, name: 'InternalError' } },
  sqs: {
    refused: { status: 403, name: 'RequestThrottled' },
    failed: { status: 500, name: 'InternalFailure' },
  },
  dynamodb: {
    refused: { status: 400, name: 'ThrottlingException' },
    failed: { status: 500, name: 'InternalServerError' },
  },
  events: {
    refused: { status: 400, name: 'ThrottlingException' },
    failed: { status: 500, name: 'InternalException' },
  },
  secretsmanager: {
    refused: { status: 400, name: 'ThrottlingException' },
    failed: { status: 500, name: 'InternalServiceError' },
  },
  kms: {
    refused: { status: 400, name: 'ThrottlingException' },
    failed: { status: 500, name: 'KMSInternalException' },
  },
  lambda: {
    refused: { status: 429, name: 'TooManyRequestsException' },
    failed: { status: 500, name: 'ServiceException' },
  },
};

const other: (typeof refusals)[string] = {
  refused: { status: 503, name: 'ServiceUnavailable' },
  failed: { status: 500, name: 'InternalFailure' },
};

export function refuseCall(service: string, response: ServerResponse, how: 'refused' | 'failed'): void {
  const { status, name } = (refusals[service] ?? other)[how];
  const message = `${name} on purpose. Please try again.`;
  if (service === 's3') {
    response.writeHead(status, { 'content-type': 'application/xml' });
    response.end(xmlDocument(element('Error', [element('Code', name), element('Message', message)])));
    return;
  }
  response.writeHead(status, { 'content-type': 'application/json', 'x-amzn-errortype': name });
  response.end(JSON.stringify({ __type: name, message }));
}

/** The call is carried out, and whoever made it sees the connection end instead of an answer. */
export function loseAnswer(response: ServerResponse): void {
  const { socket } = response;
  Object.assign(response, {
    writeHead: () => response,
    flushHeaders: () => undefined,
    write: () => true,
    end: () => {
      socket?.destroy();
      return response;
    },
  });
}
