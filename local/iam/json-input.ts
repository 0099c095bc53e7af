/** A request of a JSON protocol; what is no object names nothing, and its service will say so. */
export type JsonInput = Readonly<Record<string, unknown>>;

export function jsonInput(body: Buffer): JsonInput {
  try {
    return objectOr(JSON.parse(body.toString('utf8')));
  } catch (problem) {
    if (problem instanceof SyntaxError) return {};
    throw problem;
  }
}

export const objectOr = (value: unknown): JsonInput =>
  typeof value === 'object' && value !== null ? (value as JsonInput) : {};

export const listOr = (value: unknown): readonly JsonInput[] =>
  Array.isArray(value) ? value.map(objectOr) : [];
