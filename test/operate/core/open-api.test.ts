import { readFileSync } from 'node:fs';
import { openApi, operatorApiFile, operatorApiText } from '#operate/core/open-api.ts';
import { operations, routeKeyOf } from '#operate/core/operations.ts';

it('is published as it is derived: run `npm run docs`', () => {
  expect(readFileSync(`docs/${operatorApiFile}`, 'utf8')).toBe(operatorApiText());
});

it('describes each operation with its parameters, its answer and its problems', () => {
  const { paths } = openApi() as { paths: Record<string, Record<string, unknown>> };
  const described = Object.entries(paths).flatMap(([path, methods]) =>
    Object.keys(methods).map(method => `${method.toUpperCase()} ${path}`),
  );
  expect(described.sort()).toEqual(Object.values(operations).map(routeKeyOf).sort());
  expect(paths['/operate/handoffs']!.get).toMatchObject({
    operationId: 'listHandoffs',
    parameters: expect.arrayContaining([
      expect.objectContaining({ name: 'integration', in: 'query', required: true }),
      expect.objectContaining({ name: 'state', required: false }),
      expect.objectContaining({ name: 'from', schema: expect.objectContaining({ format: 'date-time' }) }),
      expect.objectContaining({
        name: 'limit',
        required: false,
        schema: expect.objectContaining({ minimum: 1, maximum: 100, default: 25 }),
      }),
    ]),
    responses: { 200: { content: { 'application/json': { schema: { properties: { handoffs: {} } } } } } },
  });
  expect(paths['/operate/handoffs/{id}']!.get).toMatchObject({
    parameters: [{ name: 'id', in: 'path', required: true }],
  });
  expect(paths['/operate/plans/{id}/run']!.post).toMatchObject({
    'x-allowed-to': ['operator'],
    parameters: [{ name: 'id', in: 'path', required: true }],
    requestBody: {
      content: { 'application/json': { schema: { properties: { hash: {} }, required: ['hash'] } } },
    },
  });
});
