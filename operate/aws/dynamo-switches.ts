import { switchKey } from '#shared/aws/dynamo-switch.ts';
import type { DynamoTable } from '#shared/aws/dynamo-table.ts';
import type { Switch } from '../core/switch/switch.ts';
import type { Switches } from '../switch-ports.ts';

/** In the table of the operators, an item for each integration that was ever switched. */
export const dynamoSwitches = (table: DynamoTable): Switches => ({
  async find(integration) {
    const item = await table.get(switchKey(integration));
    if (!item) return undefined;
    const { to, plan, by, at } = item as unknown as Switch;
    return { to, plan, by, at };
  },

  async set(integration, to) {
    const item = { ...switchKey(integration), ...to };
    const when = {
      expression: 'attribute_not_exists(#plan) OR #plan <= :plan',
      values: { plan: to.plan },
    };
    return table.put(item, when);
  },
});
