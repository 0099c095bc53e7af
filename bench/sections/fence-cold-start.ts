import { resolve } from 'node:path';
import { fenceEntries } from '#infra/webhook-fence/fence-contracts.ts';
import { itemAt } from '#shared/contract/item-at.ts';
import { type Bundle, buildEntry, buildSubject } from '../build.ts';
import { awsStub } from '../fence/aws-stub.ts';
import { type FenceStart, fenceStarts } from '../fence/fence-starts.ts';
import { type CaseName, eventOf, fenceCase } from '../fence/requests.ts';
import { printTable, times, verdict } from '../print.ts';

const rounds = 15;
const ratioMax = 1;
const cases: readonly CaseName[] = ['stripe-pretty', 'github', 'fleet'];

/** What fences weigh and how long they take to load and to answer their first request, against the AWS clients alone. */
export async function fenceColdStart(): Promise<void> {
  const given = cases.map(fenceCase);
  const bundles = [await buildSubject('fence-clients')];
  for (const { fence } of given) bundles.push(await buildEntry(itemAt(fenceEntries(fence.id), 0, 'entry')));
  const events = [{}, ...given.map(eventOf)];
  const subjects = bundles.map(({ index }, i) => ({
    index: resolve(index),
    event: itemAt(events, i, 'event'),
  }));
  const aws = await awsStub();
  const starts = await fenceStarts(rounds, subjects, aws.url);
  await aws.stop();
  printTable(
    `Bundles of fences: size, and time to load and to answer a first request in a fresh process (${rounds} rounds in turn, medians; Node ${process.versions.node})`,
    ['bundle', 'at start', 'with parts for later', 'loaded', 'CPU', 'ratio', 'answered', 'CPU', 'ratio'],
    ['AWS clients alone', ...given.map(({ fence }) => fence.id)].map((name, i) => [
      name,
      ...sizes(itemAt(bundles, i, 'bundle')),
      ...figures(starts, i, 'loaded'),
      ...figures(starts, i, 'answered'),
    ]),
  );
  const alone = itemAt(starts, 0, 'start');
  const worst = Math.max(...starts.map(({ loaded }) => loaded.cpu / alone.loaded.cpu));
  console.log(`loaded: ${verdict(worst <= ratioMax, `at most ${times(ratioMax)} of the clients alone`)}`);
}

const sizes = ({ bytesAtStart, bytes }: Bundle) => [bytesAtStart, bytes].map(kilobytes);
const kilobytes = (bytes: number): string => `${Math.round(bytes / 1_000)} KB`;

function figures(starts: readonly FenceStart[], i: number, step: keyof FenceStart): string[] {
  const { wall, cpu } = itemAt(starts, i, 'start')[step];
  const alone = itemAt(starts, 0, 'start')[step];
  return [`${wall.toFixed(0)} ms`, `${cpu.toFixed(0)} ms`, times(cpu / alone.cpu)];
}
