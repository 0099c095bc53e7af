import type { Kind } from '#shared/contract/kind.ts';
import type { Integration } from '../integration.ts';
import { derive } from './derivations.ts';
import { publishedForm } from './published-form.ts';

/** US dollars for a million units with traffic, at list prices: docs/costs.md says of what. */
const million: Readonly<Record<Kind, number>> = {
  'file-lane': 1.23,
  'webhook-fence': 9.89,
  'cdc-feed': 1.25,
};

const millionRowClaims = 0.63;

/** What is saved where events share entries: units of the bus, and of Firehose. */
const millionSavedByBatches = 1.14;

/** What a thousand rows, requests or changes of an integration cost, in US dollars. */
export function costOfThousand(contract: Integration): number {
  const claims = contract.kind === 'file-lane' && contract.duplicates === 'row' ? millionRowClaims : 0;
  return (million[contract.kind] + claims - (isBatched(contract) ? millionSavedByBatches : 0)) / 1000;
}

/** Whether all its events share entries. */
const isBatched = (contract: Integration): boolean =>
  derive(contract)
    .events(contract)
    .every(event => publishedForm(contract, event) === 'batch');
