import type { IncomingMessage, ServerResponse } from 'node:http';
import { readBody, sendJson } from '../http.ts';
import type { Functions } from './functions.ts';

/** Lambda's Invoke with `RequestResponse`, for the functions that operators call. */
export async function invokeApi(
  functions: Functions,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const [, name] = /^\/2015-03-31\/functions\/([^/?]+)\/invocations(?:\?|$)/.exec(request.url ?? '') ?? [];
  const payload = (await readBody(request)).toString('utf8') || '{}';
  const type = request.headers['x-amz-invocation-type'] ?? 'RequestResponse';
  if (request.method !== 'POST' || name === undefined || type !== 'RequestResponse') {
    refuse(response, 501, 'UnsupportedOperation', 'only Invoke with RequestResponse is served locally');
    return;
  }
  const functionName = decodeURIComponent(name).split(':').at(-1)!;
  if (!functions.names.includes(functionName)) {
    refuse(response, 404, 'ResourceNotFoundException', `Function not found: ${functionName}`);
    return;
  }
  const running = functions.invokeNow(functionName, payload);
  if (!running) {
    refuse(response, 429, 'TooManyRequestsException', 'Rate Exceeded.');
    return;
  }
  const result = await running;
  const headers = { 'content-type': 'application/json', 'x-amz-executed-version': '$LATEST' };
  if (result.kind === 'result') {
    response.writeHead(200, headers);
    response.end(result.payload);
  } else {
    response.writeHead(200, { ...headers, 'x-amz-function-error': 'Unhandled' });
    response.end(JSON.stringify({ errorType: result.errorType, errorMessage: result.errorMessage }));
  }
}

function refuse(response: ServerResponse, status: number, name: string, message: string): void {
  response.setHeader('x-amzn-errortype', name);
  sendJson(response, status, { Type: 'User', Message: message });
}
