import { hash } from 'node:crypto';
import type { WebhookFence } from '#adapters/webhook-fence/contract/webhook-fence.ts';
import { headerNames } from '#adapters/webhook-fence/contract/webhook-place.ts';
import { isNamedById } from '#adapters/webhook-fence/contract/webhook-traits.ts';
import { schemeOf } from '#adapters/webhook-fence/core/webhook/scheme-of.ts';
import {
  type FenceSimulation,
  fenceSimulations,
  type RequestEnd,
  type SimulatedRequest,
} from '#adapters/webhook-fence/derive/fence-simulation.ts';
import { itemAt } from '#shared/contract/item-at.ts';
import type { Cloud } from '../demo/cloud.ts';
import { type FenceSample, fenceSamplesOf } from '../demo/fence-samples.ts';
import { type PreparedRequest, prepareRequest } from '../demo/prepare-request.ts';
import { sendRequest } from '../demo/send-request.ts';
import { withField } from '../demo/with-field.ts';
import { hangUp } from './hang-up.ts';
import { type PartEnd, playCases, type Simulated, type SimulationOrder, simulated } from './simulation.ts';

/** Plays the cases one after the other, as the fence's provider. @throws Error where only the real provider has the keys. */
export async function simulateFence(
  cloud: Cloud,
  fence: WebhookFence,
  order: SimulationOrder,
): Promise<readonly Simulated[]> {
  const samples = fenceSamplesOf(fence.id).flatMap(sampleRequests);
  return playCases(fenceSimulations(fence, samples), order, (simulation, repetition) =>
    play(simulation, { cloud, fence, samples, deliveries: `sim-${order.seed}-${repetition}` }),
  );
}

const sampleRequests = (sample: FenceSample) =>
  sample.requests.map((request, at) => ({
    ...itemAt(sample.outcomes, at, 'outcome'),
    isGenuine: !request.tamper,
    sample,
    request,
  }));

interface Provider {
  readonly cloud: Cloud;
  readonly fence: WebhookFence;
  readonly samples: readonly ReturnType<typeof sampleRequests>[number][];
  /** How the ids of the case's deliveries begin. */
  readonly deliveries: string;
}

async function play(simulation: FenceSimulation, provider: Provider): Promise<Simulated> {
  const { cloud, fence } = provider;
  const parts: PartEnd[] = [];
  for (const request of simulation.requests) {
    const prepared = prepare(request, provider);
    if (request.hangsUp) await hangUp(prepared);
    else
      parts.push({
        expected: request.expected.map(inWords),
        seen: inWords(await sendRequest(cloud, cloud.fence(fence.id), prepared)),
      });
  }
  return simulated(simulation, parts);
}

const inWords = ({ status, outcome, code }: RequestEnd): string =>
  code ? `${status} ${code}` : `${status} ${outcome}`;

/** As the sample has it, under an id of its own. */
function prepare(
  { sample: at, delivery, change, signedSecondsAgo }: SimulatedRequest,
  { cloud, fence, samples, deliveries }: Provider,
): PreparedRequest {
  const { sample, request } = itemAt(samples, at, 'sample');
  const id = `${deliveries}-${delivery}`;
  const changed = (body: Uint8Array) => {
    const named = withName(fence, body, id);
    return change === 'cut' ? halfOf(named) : named;
  };
  const sending = {
    ...{ fence, sample, change: changed },
    request: {
      ...request,
      id,
      headers: { ...request.headers, ...idHeaders(fence, id) },
      ...(change === 'secret' && { tamper: 'secret' as const }),
    },
  };
  return prepareRequest(cloud.fence(fence.id), sending, Date.now() - signedSecondsAgo * 1000);
}

/** The body of another delivery, where the fence knows deliveries by their bodies, or does not trust their ids alone. */
function withName(fence: WebhookFence, body: Uint8Array, id: string): Uint8Array {
  const { key } = fence.idempotency;
  if (isNamedById(fence)) return body;
  if (typeof key === 'object') return withField(body, key.bodyField, id);
  if (fence.body === 'form') return withField(body, 'simulated', id);
  // JSON may end in any white space: 64 bits of it.
  const bits = BigInt(`0x${hash('sha256', id).slice(0, 16)}`).toString(2);
  return Buffer.concat([body, Buffer.from(bits.replaceAll('0', ' ').replaceAll('1', '\t'))]);
}

/** A sample may carry the id of the delivery that it was taken from. */
function idHeaders(fence: WebhookFence, id: string): Readonly<Record<string, string>> {
  const scheme = schemeOf(fence);
  const names = scheme.id ? headerNames(scheme.id.header) : [];
  return Object.fromEntries(names.slice(0, 1).map(name => [name, id]));
}

const halfOf = (body: Uint8Array): Uint8Array => body.subarray(0, Math.floor(body.length / 2));
