import { memoryPorts } from '#adapters/file-lane/memory/memory-ports.ts';
import { required } from '#local/required.ts';
import type { PublishForm } from '#shared/contract/publish-form.ts';
import { FileBackedFiles } from '#shared/memory/file-backed-files.ts';
import { CountingBus } from '../lane/counting-bus.ts';
import { driveLane } from '../lane/drive-lane.ts';
import { dataKey, lanes } from '../lane/lanes.ts';
import { measured } from './measured.ts';

/** The whole lane, from the notification to balanced books: `lane <root> [single|batch]`. */
const [root, publish = 'single'] = process.argv.slice(2) as [string, PublishForm?];
const bus = new CountingBus();
const ports = { ...memoryPorts(), files: new FileBackedFiles(root), bus };

await measured(async () => {
  await driveLane({ ...lanes.file, publish }, ports, dataKey);
  const [handoff] = ports.ledger.all();
  if (handoff?.state !== 'complete') throw new Error(`the file ended ${handoff?.state}`);
  return required(handoff.received, 'received');
});
