import { readFileSync } from 'node:fs';
import type { WebhookFence } from '#adapters/webhook-fence/contract/webhook-fence.ts';
import { schemeOf } from '#adapters/webhook-fence/core/webhook/scheme-of.ts';
import { signedRequest } from '#cli/demo/signed-request.ts';
import fleetShipments from '#integrations/fleet-shipments/contract.ts';
import githubReleases from '#integrations/github-releases/contract.ts';
import stripePayments from '#integrations/stripe-payments/contract.ts';
import { gatewayEvent } from '#test/webhook-fence/flow/gateway-events.ts';

/** Epoch milliseconds: now, for the official libraries ask the clock themselves; whole seconds, as senders count. */
export const receivedAt = Math.floor(Date.now() / 1000) * 1000;
export const secret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
export const secretText = JSON.stringify({ current: secret, statusKey: 'status' });

export interface FenceCase {
  readonly fence: WebhookFence;
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
}

const sample = (path: string): string => readFileSync(`integrations/${path}`, 'utf8');

/** A payment with so much metadata that it takes 5 KB; Stripe sends its JSON with line breaks and indents. */
function payment(indent: number): string {
  const event = JSON.parse(sample('stripe-payments/samples/good/succeeded.json'));
  const { metadata } = event.data.object;
  for (let n = 0; JSON.stringify(event, null, indent).length < 5_000; n++)
    metadata[`line_${n}`] = `SKU-${n} Chair, oak, 2 pieces`;
  return JSON.stringify(event, null, indent);
}

const release = () => sample('github-releases/samples/good/release.json');
const shipment = () => sample('fleet-shipments/samples/good/delivered.json');

const cases = {
  'stripe-pretty': () => signed(stripePayments as WebhookFence, payment(2)),
  'stripe-compact': () => signed(stripePayments as WebhookFence, payment(0)),
  github: () => signed(githubReleases as WebhookFence, release(), { 'x-github-event': 'release' }),
  fleet: () => signed(fleetShipments as WebhookFence, shipment()),
} satisfies Record<string, () => FenceCase>;

export type CaseName = keyof typeof cases;

/** A genuine request of an integration, signed as its provider does. */
export const fenceCase = (name: CaseName): FenceCase => cases[name]();

/** The same request as another delivery. */
export const signedAgain = ({ fence, body }: FenceCase, id: string): FenceCase => signed(fence, body, {}, id);

function signed(
  fence: WebhookFence,
  body: string,
  more: Readonly<Record<string, string>> = {},
  id = 'msg_1',
): FenceCase {
  const unsigned = {
    url: 'https://edge.example.com/',
    body: Buffer.from(body),
    id,
    sentAt: receivedAt,
  };
  const { headers } = signedRequest(
    { scheme: schemeOf(fence), bodyIs: 'json' },
    { current: secret },
    unsigned,
  );
  return { fence, body, headers: { 'content-type': 'application/json', ...headers, ...more } };
}

/** As API Gateway hands it to the function. */
export const eventOf = ({ fence, body, headers }: FenceCase) =>
  gatewayEvent({ path: fence.route, body, headers, receivedAt });
