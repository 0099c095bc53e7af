import { verifyRequest } from '#adapters/webhook-fence/core/signature/judge.ts';
import { readPayload } from '#adapters/webhook-fence/core/webhook/payload.ts';
import { schemeOf } from '#adapters/webhook-fence/core/webhook/scheme-of.ts';
import { webhookFence } from '#functions/webhook-fence.ts';
import type { invocationOf } from '#shared/aws/invocation.ts';
import { nullPorts } from '../fence/null-ports.ts';
import { official } from '../fence/official.ts';
import { type CaseName, eventOf, fenceCase, receivedAt, secret } from '../fence/requests.ts';

/**
 * CPU a request of the steps of one fence, in blocks that take turns in one process: `fence <case>`. `whole` is the function's
 * handler from API Gateway's event to the answer, events written and counted on ports that do nothing.
 */
export interface FenceCpu {
  readonly bytes: number;
  /** Microseconds a request. */
  readonly official: number;
  readonly verify: number;
  readonly parse: number;
  readonly read: number;
  readonly whole: number;
}

const rounds = 12;
const blockSize = 100;
const warmUps = 5;

const name = process.argv[2] as CaseName;
const given = fenceCase(name);
const { fence, body, headers } = given;
const bytes = Buffer.from(body);
const request = { method: 'POST', url: 'https://edge.example.com/', headers, body: bytes };
const ports = nullPorts();
const handler = webhookFence(fence, ports);
const event = eventOf(given);
const context = { awsRequestId: 'invocation', getRemainingTimeInMillis: () => 29_000 } as Parameters<
  typeof invocationOf
>[0];

const steps: Readonly<Record<Exclude<keyof FenceCpu, 'bytes'>, () => unknown>> = {
  official: () => official[name](given),
  verify: () =>
    verifyRequest(schemeOf(fence), request, { secrets: [{ value: secret }], receivedAt: receivedAt }),
  parse: () => JSON.parse(bytes.toString()),
  read: () => readPayload(fence, { headers, body: bytes }),
  whole: () => handler(event, context),
};

const sums: Record<string, number> = {};
for (let round = -warmUps; round < rounds; round++)
  for (const [step, work] of Object.entries(steps)) {
    const before = process.cpuUsage();
    for (let i = 0; i < blockSize; i++) await work();
    const { user, system } = process.cpuUsage(before);
    if (round >= 0) sums[step] = (sums[step] ?? 0) + user + system;
  }

const { statusCode, body: answer } = await handler(event, context);
if (statusCode !== 202 || ports.bus.entries === 0) throw new Error(`answered ${statusCode}: ${answer}`);
const perRequest = Object.entries(sums).map(([step, sum]) => [step, sum / (rounds * blockSize)]);
process.stdout.write(JSON.stringify({ bytes: bytes.length, ...Object.fromEntries(perRequest) }));
