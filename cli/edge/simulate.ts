import { isDeepStrictEqual } from 'node:util';
import type { Integration } from '#adapters/integration.ts';
import { loadSoundContracts } from '#infra/contracts.ts';
import { simulationCases } from '#shared/contract/simulation-case.ts';
import { Cloud, readCloud } from '../demo/cloud.ts';
import { showProgress } from '../show-progress.ts';
import { simulateFeed } from '../simulate/simulate-feed.ts';
import { simulateFence } from '../simulate/simulate-fence.ts';
import { simulateLane } from '../simulate/simulate-lane.ts';
import type { Simulated, SimulationOrder } from '../simulate/simulation.ts';
import { wrapped } from '../wrap.ts';
import type { Command } from './command.ts';
import { Failure } from './failure.ts';

const countMax = 1_000;

export const simulate: Command = {
  summary: 'Play a partner of the local cloud, on good and bad days',
  isLocal: true,
  takes: ['integration', '[case]'],
  options: {
    count: { value: '<n>', meaning: `play each case so often (default 1, at most ${countMax})` },
    seed: {
      value: '<n>',
      meaning:
        'keys of rows and ids of deliveries are made from it. The same seed sends the same files and deliveries again.',
    },
  },
  completes: simulationCases,
  notes: `Cases: ${simulationCases.join(', ')}. Without one it plays all that the integration can meet.`,
  examples: [
    'npm run edge -- simulate acme-orders',
    'npm run edge -- simulate crm-customers malformed',
    'npm run edge -- simulate stripe-payments duplicate --count 20',
  ],
  async run(_, { given: [id = '', only], options }) {
    if (only !== undefined && !simulationCases.some(name => name === only))
      throw new Failure(`There is no case "${only}". Cases: ${simulationCases.join(', ')}`, 2);
    const count = whole('count', options.count ?? '1', countMax);
    const seed = whole('seed', options.seed ?? String(Date.now() % 1_000_000_000), Number.MAX_SAFE_INTEGER);
    const { integrations } = await loadSoundContracts();
    const integration = integrations.find(each => each.id === id);
    if (!integration)
      throw new Failure(
        `There is no integration "${id}". Integrations: ${integrations.map(each => each.id).join(', ')}`,
        2,
      );
    const cloud = new Cloud(readCloud());
    const order = { only, count, seed };
    const played = await showProgress(
      show => play(cloud, integration, { ...order, show: text => show(`${id}: ${text}`) }),
      process.stderr,
    );
    if (played.length === 0)
      throw new Failure(
        `The contract and samples of ${id} do not show how to play "${only ?? 'any case'}".`,
        2,
      );
    const others = played.filter(({ isExpected }) => !isExpected).length;
    const closing = others === 0 ? 'All ended as expected.' : `${others} did not end as expected.`;
    return {
      json: { seed, played },
      text: [tableOf(played), `${closing} Seed ${seed}.`, ...leftOut(played, only)].join('\n'),
      needsAttention: others > 0,
    };
  },
};

function play(cloud: Cloud, integration: Integration, order: SimulationOrder): Promise<readonly Simulated[]> {
  switch (integration.kind) {
    case 'file-lane':
      return simulateLane(cloud, integration, order);
    case 'webhook-fence':
      return simulateFence(cloud, integration, order);
    case 'cdc-feed':
      return simulateFeed(cloud, integration, order);
  }
}

/** Cases that this integration cannot meet, or of which its samples show nothing. */
function leftOut(played: readonly Simulated[], only: string | undefined): string[] {
  const names = simulationCases.filter(name => !played.some(each => each.name === name));
  return only !== undefined || names.length === 0
    ? []
    : wrapped(`Left out, because its contract and samples do not show them: ${names.join(', ')}.`);
}

function whole(option: string, text: string, max: number): number {
  const value = Number(text);
  if (Number.isInteger(value) && value >= 1 && value <= max) return value;
  throw new Failure(`--${option} is a whole number from 1 to ${max}, not "${text}".`, 2);
}

/** What ended alike is one line: the case, how often, what the provider did, how that ended. */
function tableOf(played: readonly Simulated[]): string {
  const ends: { readonly end: Simulated; times: number }[] = [];
  for (const end of played) {
    const known = ends.find(one => isDeepStrictEqual(one.end, end));
    if (known) known.times++;
    else ends.push({ end, times: 1 });
  }
  const head = rowOf('case', 'times', ['what the provider did, and how it ended']);
  return [...head, ...ends.flatMap(({ end, times }) => rowOf(end.name, String(times), wordsOf(end)))].join(
    '\n',
  );
}

const wordsOf = ({ about, expected, seen, isExpected }: Simulated): string[] =>
  isExpected ? [about, `${seen}, as expected`] : [about, `expected: ${expected}`, `seen: ${seen}`];

const headWidth = 22;

function rowOf(name: string, times: string, words: readonly string[]): string[] {
  const [first = '', ...others] = words.flatMap(text => wrapped(text, ' '.repeat(headWidth)));
  return [`${name.padEnd(14)}${times.padStart(6)}  ${first.trimStart()}`, ...others];
}
