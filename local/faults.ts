import type { IncomingMessage, ServerResponse } from 'node:http';

/** What happens to one call of a service: done, refused before anything is done, or done without an answer. */
export type Fate = 'done' | 'refused' | 'lost';

/** Decides it, by the service's name in signatures: `s3`, `sqs`, `dynamodb`, `events`, `secretsmanager`. */
export type Faults = (service: string, request: IncomingMessage) => Fate;

/** As a service that is overloaded answers. Clients try again. */
export function refuseCall(service: string, response: ServerResponse): void {
  const message = 'Refused on purpose. Please try again.';
  const body =
    service === 's3'
      ? `<Error><Code>SlowDown</Code><Message>${message}</Message></Error>`
      : JSON.stringify({ __type: 'ServiceUnavailable', message });
  response.writeHead(503, { 'content-type': service === 's3' ? 'application/xml' : 'application/json' });
  response.end(body);
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
