import type { InputSwitch } from '../ports.ts';
import type { DynamoTable, Key } from './dynamo-table.ts';

/** Where the operators' table says whether an integration takes its input. */
export const switchKey = (integration: string): Key => ({ pk: `switch#${integration}`, sk: 'switch' });

/** Read each time: an integration that is disabled stops at once. */
export const dynamoSwitch = (table: DynamoTable): InputSwitch => ({
  isDisabled: async integration => (await table.get(switchKey(integration)))?.to === 'disabled',
});
