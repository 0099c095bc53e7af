import type { MadeEvent } from '#shared/core/audit/proof-question.ts';
import { attributeIn } from './attribute-in.ts';
import { isCanonical } from './is-canonical.ts';

/** Names an aggregate: the domain and the aggregate of the event's type, and the id. */
export const aggregateOf = ({ type, aggregateid }: Pick<MadeEvent, 'type' | 'aggregateid'>): string =>
  `${type.split('.').slice(0, 2).join('.')} ${aggregateid}`;

/** Of a line of the bus log: which aggregate's event it is, and its sequence. Undefined for what is no canonical event. */
export function aggregateIn(
  line: string,
): { readonly aggregate: string; readonly sequence: string } | undefined {
  if (!isCanonical(line)) return undefined;
  const type = attributeIn(line, 'type');
  const aggregateid = attributeIn(line, 'aggregateid');
  const sequence = attributeIn(line, 'sequence');
  if (type === undefined || aggregateid === undefined || sequence === undefined) return undefined;
  return { aggregate: aggregateOf({ type, aggregateid }), sequence };
}
