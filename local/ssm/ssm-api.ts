import type { IncomingMessage, ServerResponse } from 'node:http';
import * as z from 'zod';
import { readBody, sendAmzJson } from '../http.ts';
import type { Parameter } from './parameters.ts';

/** SSM gives at most so many in a page. */
const pageMax = 10;

const byPath = z.strictObject({
  Path: z.string().startsWith('/'),
  Recursive: z.boolean().default(false),
  MaxResults: z.int().min(1).max(pageMax).default(pageMax),
  NextToken: z.string().optional(),
});

/** SSM's JSON protocol, to read the parameters below a path. Source: Systems Manager API reference, GetParametersByPath. */
export async function ssmApi(
  parameters: readonly Parameter[],
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const operation = String(request.headers['x-amz-target']).replace(/^AmazonSSM\./, '');
  if (operation !== 'GetParametersByPath')
    return sendAmzJson(response, 400, {
      __type: 'UnknownOperationException',
      message: `${operation} is not served locally`,
    });
  const input = byPath.safeParse(JSON.parse((await readBody(request)).toString('utf8')));
  if (!input.success)
    return sendAmzJson(response, 400, {
      __type: 'ValidationException',
      message: z.prettifyError(input.error),
    });
  const { Path, Recursive, MaxResults, NextToken } = input.data;
  const below = Path.endsWith('/') ? Path : `${Path}/`;
  const found = parameters.filter(
    ({ name }) => name.startsWith(below) && (Recursive || !name.slice(below.length).includes('/')),
  );
  const from = Number(NextToken ?? 0);
  const page = found.slice(from, from + MaxResults);
  sendAmzJson(response, 200, {
    Parameters: page.map(({ name, value }) => ({ Name: name, Value: value, Type: 'String', Version: 1 })),
    ...(from + MaxResults < found.length && { NextToken: String(from + MaxResults) }),
  });
}
