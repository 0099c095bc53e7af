import * as z from 'zod';
import { type Operation, type OperationName, operationNames, operations } from './operations.ts';
import { problemShape } from './problem.ts';

interface JsonSchema {
  readonly type?: unknown;
  readonly description?: string;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
}

/** Under `docs/`. */
export const operatorApiFile = 'operator-api.json';

export const operatorApiText = (): string => `${JSON.stringify(openApi(), undefined, 2)}\n`;

/** The operator's API in OpenAPI 3.1, derived from its operations. */
export const openApi = (): object => ({
  openapi: '3.1.0',
  info: {
    title: 'Operator API of the edge adapters',
    version: '1',
    description:
      'What is stuck, and why; and plans that fix it. Its address is the output OperatorApiUrl of the platform stack. Every request is signed with Signature Version 4 for the service execute-api.',
  },
  paths: pathsOf(operationNames),
  components: {
    schemas: { Problem: schemaOf(problemShape) },
    securitySchemes: {
      sigv4: {
        type: 'apiKey',
        name: 'Authorization',
        in: 'header',
        description: 'AWS Signature Version 4',
        'x-amazon-apigateway-authtype': 'awsSigv4',
      },
    },
  },
  security: [{ sigv4: [] }],
});

/** By path, then by method. */
function pathsOf(names: readonly OperationName[]): object {
  const paths: Record<string, Record<string, object>> = {};
  for (const name of names) {
    const { path, method } = operations[name];
    paths[path] = { ...paths[path], [method.toLowerCase()]: described(name, operations[name]) };
  }
  return paths;
}

function described(operationId: OperationName, operation: Operation): object {
  const { path, method, summary, output } = operation;
  const { properties = {}, required = [] } = schemaOf(operation.input);
  const isParameter = (name: string) => method === 'GET' || path.includes(`{${name}}`);
  const parameters = Object.entries(properties)
    .filter(([name]) => isParameter(name))
    .map(([name, { description, ...schema }]) => {
      const isInPath = path.includes(`{${name}}`);
      return {
        ...{ name, in: isInPath ? 'path' : 'query', required: isInPath || required.includes(name) },
        ...(description && { description }),
        schema,
      };
    });
  const fields = Object.entries(properties).filter(([name]) => !isParameter(name));
  return {
    ...{ operationId, summary },
    ...(operation.method === 'POST' && { 'x-allowed-to': operation.by }),
    ...(parameters.length > 0 && { parameters }),
    ...(fields.length > 0 && { requestBody: bodyOf(fields, required) }),
    responses: {
      200: { description: 'The answer', content: { 'application/json': { schema: schemaOf(output) } } },
      default: {
        description: 'Why not, and what to do',
        content: { 'application/json': { schema: { $ref: '#/components/schemas/Problem' } } },
      },
    },
  };
}

function bodyOf(fields: readonly (readonly [string, JsonSchema])[], required: readonly string[]): object {
  const needed = required.filter(name => fields.some(([field]) => field === name));
  const schema = { type: 'object', properties: Object.fromEntries(fields), required: needed };
  return { required: true, content: { 'application/json': { schema } } };
}

/** What callers write and read: numbers in a query are text on the way. */
function schemaOf(shape: z.ZodType): JsonSchema {
  const { $schema: _, ...schema } = z.toJSONSchema(shape, { io: 'input', unrepresentable: 'any' }) as Record<
    string,
    unknown
  >;
  return schema;
}
