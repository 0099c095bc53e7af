import { emittedBy, type Integration } from './integration.ts';
import { code } from './markdown.ts';
import { feedTreaty } from './treaty-feed.ts';
import { fenceTreaty } from './treaty-fence.ts';
import { type KindTreaty, type SharedField, type TreatyFieldName, treatyFields } from './treaty-fields.ts';
import { laneTreaty } from './treaty-lane.ts';

export interface TreatyField {
  readonly field: TreatyFieldName;
  readonly value: string;
}

/** The contract shape of an integration: what the author declared, and what follows from the kind and so cannot contradict it. */
export function treatyOf(integration: Integration): readonly TreatyField[] {
  const values = { ...shared(integration), ...ofKind(integration) };
  return treatyFields.map(field => ({ field, value: values[field] }));
}

/** One field of the contract shape. */
export const treatyValue = (integration: Integration, field: TreatyFieldName): string =>
  treatyOf(integration).find(line => line.field === field)!.value;

function ofKind(integration: Integration): KindTreaty {
  switch (integration.kind) {
    case 'file-lane':
      return laneTreaty(integration);
    case 'webhook-fence':
      return fenceTreaty(integration);
    case 'cdc-feed':
      return feedTreaty(integration);
  }
}

const shared = (integration: Integration): Readonly<Record<SharedField, string>> => ({
  Name: integration.id,
  Purpose: integration.purpose,
  Owner: `${integration.owner.team} (${integration.owner.contact}); ${integration.partner.name} (${integration.partner.contact}) sends`,
  Authority: `${integration.authority} Trust: ${integration.trust}.`,
  'Consistency expectation': integration.consistency,
  Direction: `${integration.partner.name} -> us`,
  'Output schema': emittedBy(integration)
    .map(event => code(event.type))
    .join(', '),
  'Error mapping':
    'Every fault has a code, a class, a place and a remedy; see the fault codes of the runbook',
});
