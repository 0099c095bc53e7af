import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { WebhookFence } from '#adapters/webhook-fence/contract/webhook-fence.ts';
import { schemeOf } from '#adapters/webhook-fence/core/webhook/scheme-of.ts';
import { type FenceSample, fenceSamplesOf } from '#cli/demo/fence-samples.ts';
import { prepareRequest } from '#cli/demo/prepare-request.ts';
import { loadContracts, ofKind } from '#infra/contracts.ts';
import { makeFenceKeys, schemeShape } from '#local/secrets/fence-keys.ts';
import { gatewayEvent } from '../webhook-fence/flow/gateway-events.ts';
import { FenceSimulator } from '../webhook-fence/flow/simulator.ts';

/*
 * A provider's own code may not reach an event: tomorrow it sends another one, and every consumer would have to know it. Each text that
 * looks like a code is replaced by one that nobody has agreed on. Either the delivery makes no event, or the event does not say it.
 */

const fences = ofKind(await loadContracts(), 'webhook-fence');
const folder = mkdtempSync(join(tmpdir(), 'codes-'));
afterAll(() => rmSync(folder, { recursive: true }));

const unheardOf = 'a_code_of_tomorrow';
const isCode = (text: string): boolean => /^[a-z]+(?:[_.-][a-z]+)*$/.test(text);

/** The places of texts that look like codes, each as the path of its names. */
function codesIn(value: unknown, path: readonly string[] = []): string[][] {
  if (typeof value === 'string') return isCode(value) ? [[...path]] : [];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, one]) => codesIn(one, [...path, name]));
}

function withCode(text: string, path: readonly string[]): string {
  const whole = JSON.parse(text);
  const parent = path.slice(0, -1).reduce((at, name) => at[name], whole);
  parent[path.at(-1)!] = unheardOf;
  return JSON.stringify(whole);
}

/** The events that a sample's request makes when its body is another. */
async function eventsOf(fence: WebhookFence, sample: FenceSample, at: number, body: string) {
  writeFileSync(join(folder, 'body.json'), body);
  const keys = makeFenceKeys(schemeShape.parse(schemeOf(fence)));
  const simulator = new FenceSimulator(fence, { secret: { current: keys.current } });
  const receivedAt = simulator.ports.clock.now();
  const request = { ...sample.requests[at]!, file: 'body.json' };
  const place = { url: `https://edge.example.com${fence.route}`, secrets: keys };
  const changed = { name: sample.name, folder, requests: sample.requests };
  const prepared = prepareRequest(place, { fence, sample: changed, request }, receivedAt);
  const sent = Buffer.from(prepared.body).toString();
  await simulator.request(
    gatewayEvent({ path: fence.route, headers: prepared.headers, body: sent, receivedAt }),
  );
  return simulator.events().map(({ data }) => data);
}

describe.each(fences.filter(({ body }) => body === 'json').map(fence => [fence.id, fence] as const))(
  'codes sent to %s',
  (id, fence) => {
    const good = fenceSamplesOf(id).find(({ name }) => name === 'good')!;
    const requests = good.requests.map(
      (request, i) => [request.file, i, readFileSync(join(good.folder, request.file), 'utf8')] as const,
    );

    it.each(requests)('%s: none is passed on as it came', async (_, at, text) => {
      expect(await eventsOf(fence, good, at, text)).not.toEqual([]);
      const codes = codesIn(JSON.parse(text));
      expect(codes.length).toBeGreaterThan(0);
      const leaks: string[] = [];
      for (const path of codes) {
        const data = JSON.stringify(await eventsOf(fence, good, at, withCode(text, path)));
        if (data.includes(unheardOf)) leaks.push(`/${path.join('/')}`);
      }
      expect(leaks).toEqual([]);
    });
  },
);
