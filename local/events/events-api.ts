import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Chaos } from '../chaos/chaos.ts';
import { readBody, sendAmzJson } from '../http.ts';
import type { EventRouter } from './event-router.ts';
import { type PutEventsEntry, putEvents, ValidationException } from './put-events.ts';

/** EventBridge's JSON protocol; only PutEvents is used by what runs here. */
export async function eventsApi(
  { router, chaos }: { readonly router: EventRouter; readonly chaos?: Chaos | undefined },
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const body = await readBody(request);
  if (request.headers['x-amz-target'] !== 'AWSEvents.PutEvents') {
    refuse(response, 'UnknownOperationException', `${request.headers['x-amz-target']} is not served locally`);
    return;
  }
  try {
    const { Entries = [] } = JSON.parse(body.toString('utf8')) as { Entries?: PutEventsEntry[] };
    sendAmzJson(response, 200, putEvents(router, Entries, chaos?.refusedEntries(request, Entries.length)));
  } catch (problem) {
    if (problem instanceof ValidationException) refuse(response, problem.name, problem.message);
    else if (problem instanceof SyntaxError) refuse(response, 'SerializationException', problem.message);
    else throw problem;
  }
}

const refuse = (response: ServerResponse, type: string, message: string): void =>
  sendAmzJson(response, 400, { __type: type, message });
