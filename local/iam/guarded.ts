import { accessKeyOf } from '../credential-scope.ts';
import type { Serve, ServeExchange } from '../front.ts';
import { jsonSender, readBody } from '../http.ts';
import type { Call } from './decide.ts';
import { type JsonInput, jsonInput } from './json-input.ts';
import { type Permissions, principalOf } from './permissions.ts';

/** A service of the JSON protocols: what its operations need, and how it says no. */
export interface GuardedService {
  readonly calls: (operation: string, input: JsonInput) => readonly Call[];
  readonly status: 400 | 403;
  readonly contentType: 'application/x-amz-json-1.0' | 'application/x-amz-json-1.1';
  readonly headers?: Readonly<Record<string, string>>;
}

/** Lets through what the role or user that signed may do; the owner of this machine may do everything. */
export const guarded =
  (
    permissions: Permissions,
    { calls, status, contentType, headers = {} }: GuardedService,
    serve: ServeExchange,
  ): ServeExchange =>
  async exchange => {
    const { request, response } = exchange;
    const principal = principalOf(accessKeyOf(request));
    if (principal === undefined) return serve(exchange);
    const operation = String(request.headers['x-amz-target'] ?? '').replace(/^.*\./s, '');
    const asked = calls(operation, jsonInput(await readBody(request)));
    const message = permissions.refusal(principal, asked);
    if (message === undefined) return serve(exchange);
    for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
    const body = { __type: 'com.amazon.coral.service#AccessDeniedException', message, Message: message };
    jsonSender(contentType)(response, status, body);
  };

/** Of a service over HTTP/1.1 alone. */
export function guardedServe(permissions: Permissions, service: GuardedService, serve: Serve): Serve {
  return (request, response) =>
    guarded(permissions, service, () => serve(request, response))({ request, response });
}
