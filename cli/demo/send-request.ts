import { setTimeout as sleep } from 'node:timers/promises';
import { logLines } from '#adapters/webhook-fence/core/webhook/log-lines.ts';
import type { FenceDescription } from '#local/fence-description.ts';
import type { Cloud } from './cloud.ts';
import type { PreparedRequest } from './prepare-request.ts';
import { Unsettled } from './tell-problem.ts';

/** What a partner was answered, and how the fence's books have the request. */
export interface Told {
  readonly status: number;
  readonly body: string;
  readonly correlationId: string | undefined;
  readonly outcome: string;
  readonly code: string | undefined;
  readonly attempts: number;
  readonly milliseconds: number;
}

export async function sendRequest(
  cloud: Cloud,
  fence: FenceDescription,
  request: PreparedRequest,
): Promise<Told> {
  const begun = Date.now();
  const { response, attempts } = await send(request, cloud.hasChaos ? attemptsUnderChaos : 1);
  const text = await response.text();
  const milliseconds = Date.now() - begun;
  const { outcome, code, correlationId } = await bookOf(
    cloud,
    fence,
    response.headers.get('apigw-requestid') ?? '',
  );
  return { status: response.status, body: text, correlationId, outcome, code, attempts, milliseconds };
}

const attemptsUnderChaos = 60;

/** As a provider does, sends again what was answered 5xx. */
async function send({ url, headers, body }: PreparedRequest, attemptsMax: number) {
  for (let attempts = 1; ; attempts++) {
    const response = await fetch(url, { method: 'POST', headers, body: body as Uint8Array<ArrayBuffer> });
    if (response.status < 500 || attempts === attemptsMax) return { response, attempts };
    await sleep(1_000);
  }
}

interface Book {
  readonly message: string;
  readonly requestId: string;
  readonly outcome: string;
  readonly code?: string | undefined;
  readonly correlationId?: string;
}

const patienceMilliseconds = 10_000;
const pollMilliseconds = 50;

/** The line in which the function says how the request ended; it may be written after the answer. @throws Unsettled when it never is. */
async function bookOf(cloud: Cloud, { functionName }: FenceDescription, requestId: string): Promise<Book> {
  for (let waited = 0; waited < patienceMilliseconds; waited += pollMilliseconds) {
    const lines = await cloud.log<Book>(functionName);
    const found = lines.find(
      line => line.message === logLines.requestSettled && line.requestId === requestId,
    );
    if (found) return { ...found, code: found.code ?? quarantineCode(lines, found.correlationId) };
    await sleep(pollMilliseconds);
  }
  throw new Unsettled(`${functionName} never said how request ${requestId} ended; see .local/logs`);
}

const quarantineCode = (lines: readonly Book[], correlationId: string | undefined): string | undefined =>
  lines.find(line => line.message === logLines.deliveryQuarantined && line.correlationId === correlationId)
    ?.code;
