import { writeFileSync } from 'node:fs';
import { loadContracts } from '#infra/contracts.ts';
import { releasedPath, releaseStateOf } from '#infra/released-schemas.ts';
import { releasedText } from '#shared/derive/event-schema.ts';

/** Writes the schemas of new and additively changed events to `events/released/`; ends with 1 when one would break. */
const { events } = await loadContracts();

for (const event of events) {
  const state = releaseStateOf(event);
  switch (state.kind) {
    case 'new':
    case 'extended':
      writeFileSync(releasedPath(event, process.cwd()), releasedText(event));
      console.log(`${state.kind === 'new' ? 'released' : 'extended'} ${event.type}`);
      break;
    case 'broken':
      process.exitCode = 1;
      console.error(`${event.type} breaks its released schema, so it needs a new version in a new file:`);
      for (const change of state.changes) console.error(`  ${change}`);
  }
}
