import type { WebhookFence } from '#adapters/webhook-fence/contract/webhook-fence.ts';
import { itemAt } from '#shared/contract/item-at.ts';
import { eventDifferences } from './check-sample.ts';
import type { Cloud } from './cloud.ts';
import type { SampleRequest } from './fence-sample-shape.ts';
import { type FenceSample, fenceSamplesOf } from './fence-samples.ts';
import { prepareRequest } from './prepare-request.ts';
import type { RequestLine } from './request-table.ts';
import { sendRequest, type Told } from './send-request.ts';
import { tellProblem } from './tell-problem.ts';

export interface FenceSamplesRun {
  readonly lines: readonly RequestLine[];
  /** What did not come out as the samples say, samples that are missing or cannot be read, and what never settled. */
  readonly differences: readonly string[];
}

/** Sends every fence's samples, fences side by side, requests of a fence one after the other; `show` sees each change. */
export async function runFenceSamples(
  cloud: Cloud,
  fences: readonly WebhookFence[],
  show: (lines: readonly RequestLine[]) => void,
): Promise<FenceSamplesRun> {
  const lines: RequestLine[] = [];
  const differences: string[] = [];
  const runFence = async (fence: WebhookFence) => {
    for (const sample of fenceSamplesOf(fence.id))
      differences.push(...(await runSample(sample, { cloud, fence, lines, show: () => show(lines) })));
  };
  const ran = fences.map(fence => tellProblem(runFence(fence), problem => differences.push(problem)));
  await Promise.all(ran);
  return { lines, differences };
}

interface FenceRun {
  readonly cloud: Cloud;
  readonly fence: WebhookFence;
  readonly lines: RequestLine[];
  readonly show: () => void;
}

async function runSample(sample: FenceSample, { cloud, fence, lines, show }: FenceRun): Promise<string[]> {
  const place = cloud.fence(fence.id);
  const ids = new Set<string>();
  const found: string[] = [];
  for (const [i, request] of sample.requests.entries()) {
    const line: RequestLine = { fence: fence.id, request: titleOf(request) };
    lines.push(line);
    show();
    const prepared = prepareRequest(place, { fence, sample, request });
    const told = await sendRequest(cloud, place, prepared);
    line.told = told;
    if (told.correlationId) ids.add(told.correlationId);
    const again = await Promise.all(
      Array.from({ length: request.repeat ?? 0 }, () => sendRequest(cloud, place, prepared)),
    );
    line.differences = [
      ...answerDifferences(sample, i, { told, fence }),
      ...again.flatMap(repeat => repeatDifferences(fence, told, repeat)),
    ];
    const where = `${fence.id}/${sample.name}/${line.request}`;
    found.push(...line.differences.map(difference => `${where}: ${difference}`));
    show();
  }
  const events = eventDifferences(sample, await cloud.events(), ids);
  return [...found, ...events.map(difference => `${fence.id}/${sample.name}: ${difference}`)];
}

const titleOf = ({ file, tamper, headers, repeat }: SampleRequest): string => {
  const changed = headers?.['content-encoding'] ?? headers?.['content-type'];
  const more = [tamper && `${tamper}`, changed, repeat && `${repeat + 1} times`].filter(Boolean);
  return more.length > 0 ? `${file} (${more.join(', ')})` : file;
};

interface Answered {
  readonly told: Told;
  readonly fence: WebhookFence;
}

function answerDifferences({ outcomes }: FenceSample, i: number, { told, fence }: Answered): string[] {
  const { status, outcome, code } = itemAt(outcomes, i, 'outcome');
  // An attempt before may have had its effect without an answer.
  if (told.attempts > 1 && told.outcome === 'duplicate')
    return differs('status', fence.answers.duplicate?.status ?? status, told.status);
  return [
    ...differs('status', status, told.status),
    ...differs('outcome', outcome, told.outcome),
    ...differs('code', code, told.code),
  ];
}

/** A repeat is answered as the first was, or as the contract says, and counted as a duplicate. */
const repeatDifferences = ({ answers }: WebhookFence, first: Told, again: Told): string[] => [
  ...differs(
    'answer to a repeat',
    `${answers.duplicate?.status ?? first.status} ${answers.duplicate?.body ?? first.body}`,
    `${again.status} ${again.body}`,
  ),
  ...differs('outcome of a repeat', 'duplicate', again.outcome),
];

const differs = (what: string, expected: unknown, found: unknown): string[] =>
  expected === found ? [] : [`${what}: expected ${expected}, found ${found}`];
