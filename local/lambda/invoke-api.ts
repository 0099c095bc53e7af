import type { IncomingMessage, ServerResponse } from 'node:http';
import { readBody } from '../http.ts';
import { calledFunction, qualified } from './called-function.ts';
import type { Functions } from './functions.ts';
import { type Refusal, refuse } from './refuse.ts';

/** Lambda's Invoke with `RequestResponse`, for the functions that operators call. */
export async function invokeApi(
  functions: Functions,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const called = calledFunction(request.url ?? '');
  const payload = (await readBody(request)).toString('utf8') || '{}';
  const type = request.headers['x-amz-invocation-type'] ?? 'RequestResponse';
  if (request.method !== 'POST' || called === undefined || type !== 'RequestResponse') {
    refuse(response, refusals.operation);
    return;
  }
  if (!functions.has(called)) {
    refuse(response, refusals.unknown(qualified(called)));
    return;
  }
  const running = functions.invokeNow(called, payload);
  if (!running) {
    refuse(response, refusals.rate);
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

const refusals = {
  operation: {
    status: 501,
    name: 'UnsupportedOperation',
    message: 'only Invoke with RequestResponse is served locally',
  },
  unknown: (functionName: string): Refusal => ({
    status: 404,
    name: 'ResourceNotFoundException',
    message: `Function not found: ${functionName}`,
  }),
  rate: { status: 429, name: 'TooManyRequestsException', message: 'Rate Exceeded.' },
};
