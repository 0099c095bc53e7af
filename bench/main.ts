import { buildSubjects } from './build.ts';
import { calls } from './sections/calls.ts';
import { coldStart } from './sections/cold-start.ts';
import { cpu } from './sections/cpu.ts';
import { feedCalls } from './sections/feed-calls.ts';
import { feedCpu } from './sections/feed-cpu.ts';
import { fenceColdStart } from './sections/fence-cold-start.ts';
import { fenceCpu } from './sections/fence-cpu.ts';
import { memory } from './sections/memory.ts';
import { stages } from './sections/stages.ts';
import { baseline, summary } from './sections/summary.ts';

const sections: Readonly<Record<string, () => Promise<void>>> = {
  cpu,
  stages,
  calls,
  memory: () => memory(10, 100),
  'memory-big': () => memory(10, 1_000),
  'cold-start': coldStart,
  'feed-cpu': feedCpu,
  'feed-calls': feedCalls,
  'fence-cpu': fenceCpu,
  'fence-cold-start': fenceColdStart,
  summary,
  baseline,
};

const onlyAsked = ['memory-big', 'baseline'];
const asked = process.argv.slice(2);
const unknown = asked.filter(name => !(name in sections));
if (unknown.length > 0)
  throw new Error(`no section ${unknown.join(', ')}; there are ${Object.keys(sections).join(', ')}`);

await buildSubjects([
  ...['lane', 'csv-parse', 'stages', 'feed', 'fence', 'lane-calls', 'feed-calls', 'fence-calls'],
  ...['rival-whole-file', 'rival-idempotent', 'rival-streaming', 'rival-changes'],
]);
for (const name of asked.length > 0 ? asked : Object.keys(sections).filter(name => !onlyAsked.includes(name)))
  await sections[name]?.();
