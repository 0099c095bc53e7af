import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadContracts } from '#infra/contracts.ts';
import { breakingChanges } from '#shared/derive/breaking-changes.ts';
import { eventSchema, releasedName, releasedText } from '#shared/derive/event-schema.ts';

/** Writes the schemas of new and additively changed events to `events/released/`; ends with 1 when one would break. */
const folder = join(process.cwd(), 'events', 'released');
const { events } = await loadContracts();

for (const event of events) {
  const path = join(folder, releasedName(event));
  const text = releasedText(event);
  const released = existsSync(path) ? readFileSync(path, 'utf8') : undefined;
  if (released === text) continue;
  const broken = released ? breakingChanges(JSON.parse(released), eventSchema(event)) : [];
  if (broken.length === 0) {
    writeFileSync(path, text);
    console.log(`${released ? 'extended' : 'released'} ${event.type}`);
    continue;
  }
  process.exitCode = 1;
  console.error(`${event.type} breaks its released schema, so it needs a new version in a new file:`);
  for (const change of broken) console.error(`  ${change}`);
}
