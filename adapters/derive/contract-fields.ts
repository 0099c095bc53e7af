import {
  type ContractFieldName,
  contractFieldNames,
  type SharedField,
} from '#shared/derive/contract-field-names.ts';
import { code } from '#shared/derive/markdown.ts';
import type { Integration } from '../integration.ts';
import { derive } from './derivations.ts';
import { publishedForm } from './published-form.ts';

/**
 * All fields of an integration's contract, in order: those that the author declared, and those that follow from its kind.
 */
export function contractFieldsOf(integration: Integration): Readonly<Record<ContractFieldName, string>> {
  const values = { ...shared(integration), ...derive(integration).contractFields(integration) };
  return Object.fromEntries(contractFieldNames.map(name => [name, values[name]])) as typeof values;
}

const shared = (integration: Integration): Readonly<Record<SharedField, string>> => ({
  Name: integration.id,
  Purpose: integration.purpose,
  Owner: `${integration.owner.team} (${integration.owner.contact}); ${integration.partner.name} (${integration.partner.contact}) is the sender`,
  Authority: `${integration.authority} Trust: ${integration.trust}.`,
  'Consistency expectation': integration.consistency,
  Direction: `${integration.partner.name} -> us`,
  'Output schema': derive(integration)
    .events(integration)
    .map(
      event => `${code(event.type)}${publishedForm(integration, event) === 'batch' ? ' (in batches)' : ''}`,
    )
    .join(', '),
  'Error mapping':
    'Every fault has a code, a class, a place and a remedy. The runbook lists the codes under “Common incidents”',
});
