import { parseArgs } from 'node:util';
import { synthesise } from '#cli/start/synthesise.ts';
import { type Load, type Outcome, playLoad } from './kill-run.ts';
import { changes, fileOf, webhooks } from './loads.ts';

/**
 * `npm run kill-runs [-- lane|fence|feed] [--size …] [--kills …]`: gives the local cloud a load twice, undisturbed and with functions that
 * are killed on the way. Both have to end with the same events, by their ids, and the second at most twice as late.
 */
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true';

const loads: Readonly<Record<string, (size?: number) => Load>> = {
  lane: (rows = 1_000_000) => fileOf(rows),
  fence: (count = 10_000) => webhooks(count),
  feed: (count = 20_000) => changes(count),
};

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { size: { type: 'string' }, kills: { type: 'string', default: '50' } },
});

const unknown = positionals.filter(name => !(name in loads));
if (unknown.length > 0)
  throw new Error(`There is no load ${unknown.join(', ')}. There are: ${Object.keys(loads).join(', ')}`);

const assemblyDir = await synthesise('.local');
for (const name of positionals.length > 0 ? positionals : Object.keys(loads)) {
  const load = loads[name]?.(values.size === undefined ? undefined : Number(values.size));
  if (load) await compare(load);
}

async function compare(load: Load): Promise<void> {
  const title = `${load.size.toLocaleString('en')} ${load.unit}`;
  const calm = await playLoad(load, assemblyDir, 0);
  say(`${title}, undisturbed: ${inWords(calm)}`);
  const killed = await playLoad(load, assemblyDir, Number(values.kills));
  say(`${title}, ${killed.kills} kills: ${inWords(killed)}`);
  const problems = [...calm.problems, ...killed.problems, ...differences(calm, killed)];
  const times = killed.seconds / calm.seconds;
  if (killed.kills < Number(values.kills)) problems.push(`only ${killed.kills} functions were killed`);
  if (times > 2) problems.push(`it took ${times.toFixed(1)} times as long`);
  if (problems.length > 0) process.exitCode = 1;
  say(problems.length === 0 ? `same events, ${times.toFixed(2)} times as long` : problems.join('\n'));
}

function differences(calm: Outcome, killed: Outcome): readonly string[] {
  const missing = [...calm.ids].filter(id => !killed.ids.has(id));
  const more = [...killed.ids].filter(id => !calm.ids.has(id));
  return [
    ...(missing.length > 0 ? [`${missing.length} events are missing, such as ${missing[0]}`] : []),
    ...(more.length > 0 ? [`${more.length} events are new, such as ${more[0]}`] : []),
  ];
}

function inWords({ ids, events, seconds }: Outcome): string {
  const again = events - ids.size;
  return `${ids.size.toLocaleString('en')} events, ${again.toLocaleString('en')} more than once, in ${seconds.toFixed(0)} s`;
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
