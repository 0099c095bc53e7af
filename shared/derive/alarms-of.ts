import type { AlarmSpec } from './alarm.ts';
import { alarmsOf } from './alarms.ts';
import { feedAlarmsOf } from './alarms-feed.ts';
import { fenceAlarmsOf } from './alarms-fence.ts';
import type { Integration } from './integration.ts';

/** The alarms of an integration of any kind. */
export function alarmsOfAny(integration: Integration): readonly AlarmSpec[] {
  switch (integration.kind) {
    case 'file-lane':
      return alarmsOf(integration);
    case 'webhook-fence':
      return fenceAlarmsOf(integration);
    case 'cdc-feed':
      return feedAlarmsOf(integration);
  }
}
