import { attributeIn } from './attribute-in.ts';

/**
 * Whether the bus took a line as what the event says that it is. Its `source` and `detail-type` are what IAM lets a role put on the bus. All
 * else may be forged, as in a receipt of a consumer that has the ids of an event.
 */
export function isCanonical(line: string): boolean {
  const type = attributeIn(line, 'detail-type');
  return type !== undefined && type === attributeIn(line, 'type') && type.startsWith(domainOf(line));
}

const domainOf = (line: string): string => `${attributeIn(line, 'source') ?? ''}.`;
