import { hash } from 'node:crypto';

/**
 * SHA-256 (hex) over length-prefixed parts, so that no two different lists of parts can collide by concatenation.
 * Event ids are made of tenant, integration, event type, ordinal, and key + version or position: the same input gives
 * the same id on every retry, in every process.
 */
export function idOf(...parts: readonly string[]): string {
  let framed = '';
  for (const part of parts) framed += `${part.length}:${part}`;
  return hash('sha256', framed, 'hex');
}

/** A hand-off's id: the integration, a dot, and 40 hex digits. */
export const handoffId = (integration: string, ...parts: readonly string[]): string =>
  `${integration}.${idOf(integration, ...parts).slice(0, 40)}`;

/** The integration that a hand-off or a delivery belongs to: its id begins `<integration>.`. */
export const integrationOf = (id: string): string => id.slice(0, id.indexOf('.'));
