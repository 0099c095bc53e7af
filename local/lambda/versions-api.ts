import type { IncomingMessage, ServerResponse } from 'node:http';
import * as z from 'zod';
import { readBody, sendJson } from '../http.ts';
import type { FunctionVersions, PublishedVersion, Routing } from './function-versions.ts';
import type { Functions } from './functions.ts';
import { refuse } from './refuse.ts';

const path = /^\/2015-03-31\/functions\/([^/?]+)\/(versions|aliases)(?:\/([^/?]+))?\/?(?:\?|$)/;

/** What a request is about: a function's versions, or one of its aliases. Undefined for another call. */
export function versionsIn({ url = '' }: Pick<IncomingMessage, 'url'>) {
  const [, name, what, alias] = path.exec(url) ?? [];
  return name === undefined ? undefined : { name: decodeURIComponent(name), what, alias };
}

const aliasShape = z.strictObject({
  FunctionVersion: z.string().optional(),
  Description: z.string().optional(),
  RoutingConfig: z
    .strictObject({ AdditionalVersionWeights: z.record(z.string(), z.number()).nullish() })
    .optional(),
});

/** Lambda's ListVersionsByFunction, PublishVersion, GetAlias and UpdateAlias. Each list is one page. */
export async function versionsApi(
  functions: Functions,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const asked = versionsIn(request);
  const found = asked && functions.find(asked.name);
  if (!asked || !found) return refuse(response, unknown);
  if (asked.what === 'versions') return versions(found, request, response);
  return alias(found, asked.alias ?? '', { request, response });
}

function versions(found: FunctionVersions, { method }: IncomingMessage, response: ServerResponse): void {
  const listed = [{ version: '$LATEST', at: Date.now() }, ...found.published];
  if (method === 'POST') sendJson(response, 201, shownVersion(found, found.publish()));
  else sendJson(response, 200, { Versions: listed.map(one => shownVersion(found, one)) });
}

async function alias(
  found: FunctionVersions,
  name: string,
  { request, response }: { readonly request: IncomingMessage; readonly response: ServerResponse },
): Promise<void> {
  const before = found.alias(name);
  if (!before) return refuse(response, unknown);
  if (request.method === 'GET') return sendJson(response, 200, shownAlias(found, name, before));
  const given = aliasShape.parse(JSON.parse((await readBody(request)).toString('utf8') || '{}'));
  const to: Routing = {
    version: given.FunctionVersion ?? before.version,
    description: given.Description ?? before.description,
    others: given.RoutingConfig ? (given.RoutingConfig.AdditionalVersionWeights ?? {}) : before.others,
  };
  if (!found.setAlias(name, to)) return refuse(response, unknown);
  sendJson(response, 200, shownAlias(found, name, to));
}

const shownVersion = ({ spec }: FunctionVersions, { version, at }: PublishedVersion) => ({
  FunctionName: spec.name,
  FunctionArn: `${spec.arn}:${version}`,
  Version: version,
  LastModified: new Date(at).toISOString().replace('Z', '+0000'),
});

const shownAlias = ({ spec }: FunctionVersions, name: string, { version, description, others }: Routing) => ({
  AliasArn: `${spec.arn}:${name}`,
  Name: name,
  FunctionVersion: version,
  Description: description,
  ...(Object.keys(others).length > 0 && { RoutingConfig: { AdditionalVersionWeights: others } }),
});

const unknown = {
  status: 404,
  name: 'ResourceNotFoundException',
  message: 'The resource you requested does not exist.',
};
