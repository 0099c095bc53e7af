import type { IncomingMessage, ServerResponse } from 'node:http';
import { arn } from '../aws-names.ts';
import { readBody, sendJson } from '../http.ts';
import { calledBy, type EventSourceMapping } from '../mappings/event-source-mapping.ts';
import { functionNamed, qualified } from './called-function.ts';
import { type Refusal, refuse } from './refuse.ts';

const path = /^\/2015-03-31\/event-source-mappings(?:\/([^/?]*))?\/?(?:\?|$)/;

/** The mapping that a request names; `''` for all of them, undefined when it is about something else. */
export function mappingIn({ url = '' }: Pick<IncomingMessage, 'url'>): string | undefined {
  const found = path.exec(url);
  return found ? decodeURIComponent(found[1] ?? '') : undefined;
}

/** Lambda's ListEventSourceMappings, GetEventSourceMapping and UpdateEventSourceMapping, of which `Enabled` alone can be changed. */
export async function mappingsApi(
  mappings: readonly EventSourceMapping[],
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const id = mappingIn(request);
  if (request.method === 'GET' && id === '') return list(mappings, request, response);
  const mapping = mappings.find(({ declared }) => declared.id === id);
  if (!mapping) return refuse(response, refusals.unknown);
  if (request.method === 'GET') return sendJson(response, 200, shown(mapping));
  if (request.method !== 'PUT') return refuse(response, refusals.operation);
  const { Enabled, ...others } = JSON.parse((await readBody(request)).toString('utf8') || '{}');
  if (typeof Enabled !== 'boolean' || Object.keys(others).length > 0)
    return refuse(response, refusals.operation);
  if (!mapping.set(Enabled)) return refuse(response, refusals.inUse(id ?? ''));
  sendJson(response, 202, shown(mapping));
}

/** In one page: Lambda gives a hundred at a time. */
function list(
  mappings: readonly EventSourceMapping[],
  request: IncomingMessage,
  response: ServerResponse,
): void {
  const asked = new URL(request.url ?? '', 'http://local').searchParams;
  const called = functionNamed(asked.get('FunctionName') ?? '');
  const name = asked.get('FunctionName') === null ? undefined : qualified(called);
  const source = asked.get('EventSourceArn');
  const found = mappings.filter(
    ({ declared }) =>
      // A mapping of an alias is listed by the alias alone.
      (name === undefined || qualified(calledBy(declared)) === name) &&
      (source === null || declared.sourceArn === source),
  );
  sendJson(response, 200, { EventSourceMappings: found.map(shown) });
}

const shown = ({ declared, state }: EventSourceMapping) => ({
  UUID: declared.id,
  FunctionArn: declared.functionArn,
  EventSourceArn: declared.sourceArn,
  State: state,
  StateTransitionReason: 'USER_INITIATED',
});

const refusals = {
  operation: {
    status: 501,
    name: 'UnsupportedOperation',
    message: 'of event source mappings, only `Enabled` is changed locally',
  },
  unknown: {
    status: 404,
    name: 'ResourceNotFoundException',
    message: 'The resource you requested does not exist.',
  },
  inUse: (id: string): Refusal => ({
    status: 400,
    name: 'ResourceInUseException',
    message: `Cannot update the event source mapping ${id} because it is in use.`,
  }),
};

/** Of the resource that IAM is asked about. */
export const mappingArn = (region: string, id: string): string =>
  arn('lambda', region, `event-source-mapping:${id}`);
