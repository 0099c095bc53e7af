import { Buffer } from 'node:buffer';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { ofKind } from '#infra/contracts.ts';
import { Cloud } from '../demo/cloud.ts';
import { fenceSamplesOf } from '../demo/fence-samples.ts';
import { prepareRequest } from '../demo/prepare-request.ts';
import { sendRequest } from '../demo/send-request.ts';
import { Failure } from '../edge/failure.ts';
import type { Call } from './call.ts';
import type { ConsolePlace } from './console-place.ts';
import { inputOf } from './input-of.ts';
import { contractsHere } from './read-catalogue.ts';
import { triedFeeds } from './try-change.ts';
import type { TriedWebhook, TryInfo, TrySample } from './try-info.ts';

/** What is offered to begin with: a page shows no larger text. */
const sampleBytesMax = 200_000;

/** @throws Failure on a stage: there, partners send. */
function cloudOf({ cloud }: ConsolePlace): Cloud {
  if (cloud) return new Cloud(cloud);
  throw new Failure('Files and webhooks are tried on the local cloud only.', 2);
}

/** Lanes, fences and feeds of the local cloud, each with its samples. */
export async function readTry(place: ConsolePlace): Promise<TryInfo> {
  const { description } = cloudOf(place);
  const lanes = description.lanes.map(({ id }) => ({ id, kind: 'file-lane' as const, samples: filesOf(id) }));
  const fences = description.fences.map(({ id }) => ({
    id,
    kind: 'webhook-fence' as const,
    samples: bodiesOf(id),
  }));
  return { integrations: [...lanes, ...fences, ...triedFeeds(description.feeds)] };
}

function filesOf(lane: string): TrySample[] {
  const root = join('integrations', lane, 'samples');
  const folders = existsSync(root) ? readdirSync(root) : [];
  return folders.flatMap(folder =>
    readdirSync(join(root, folder))
      .filter(file => file.endsWith('.csv'))
      .flatMap(file =>
        textOf(join(root, folder, file)).map(text => ({ name: `${folder}/${file}`, file, text })),
      ),
  );
}

const bodiesOf = (fence: string): TrySample[] =>
  fenceSamplesOf(fence).flatMap(({ name, folder, requests }) =>
    requests
      .filter(({ tamper }) => tamper === undefined)
      .flatMap(({ file }) =>
        textOf(join(folder, file)).map(text => ({ name: `${name}/${file}`, file, text })),
      ),
  );

/** None where it is no text that a page can show. */
function textOf(path: string): string[] {
  const bytes = readFileSync(path);
  return bytes.length <= sampleBytesMax && !bytes.includes(0) ? [bytes.toString('utf8')] : [];
}

const problem = 'It cannot be tried';

const file = z.strictObject({
  integration: z.string(),
  name: z
    .string()
    .min(1)
    .max(200)
    .regex(/^[^/\\]+$/),
  text: z.string(),
});

/** Drops a file into a lane of the local cloud, as its partner would. */
export async function tryFile(place: ConsolePlace, call: Call): Promise<{ readonly name: string }> {
  const { integration, name, text } = inputOf(file, call, problem);
  const cloud = cloudOf(place);
  const lane = cloud.description.lanes.find(({ id }) => id === integration);
  if (!lane) throw new Failure(`The local cloud has no lane "${integration}".`, 2);
  await cloud.write(lane.inPrefix + name, Buffer.from(text));
  return { name };
}

const webhook = z.strictObject({
  integration: z.string(),
  sample: z.string(),
  text: z.string(),
  id: z.string().max(200),
});

/** Signs a body as the provider would, and sends it to a fence of the local cloud. */
export async function tryWebhook(place: ConsolePlace, call: Call): Promise<TriedWebhook> {
  const { integration, sample: name, text, id } = inputOf(webhook, call, problem);
  const cloud = cloudOf(place);
  const fence = ofKind(await contractsHere(), 'webhook-fence').find(one => one.id === integration);
  const found = fenceSamplesOf(integration)
    .flatMap(sample => sample.requests.map(request => ({ sample, request })))
    .find(({ sample, request }) => `${sample.name}/${request.file}` === name);
  if (!fence || !found) throw new Failure(`There is no sample "${name}" of a fence "${integration}".`, 2);
  const { sample, request } = found;
  const prepared = prepareRequest(cloud.fence(integration), {
    ...{ fence, sample, request: { ...request, id } },
    change: () => Buffer.from(text),
  });
  return sendRequest(cloud, cloud.fence(integration), prepared);
}
