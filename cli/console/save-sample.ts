import { createHash } from 'node:crypto';
import { extname } from 'node:path';
import * as z from 'zod';
import { outcomes } from '#shared/core/outcome/tally.ts';
import { Cloud } from '../demo/cloud.ts';
import { fenceSampleShape } from '../demo/fence-sample-shape.ts';
import { fenceSamplesOf } from '../demo/fence-samples.ts';
import { fileSampleShape } from '../demo/file-sample-shape.ts';
import { Failure } from '../edge/failure.ts';
import type { Call } from './call.ts';
import type { ConsolePlace } from './console-place.ts';
import { inputOf } from './input-of.ts';
import { contractsHere } from './read-catalogue.ts';
import type { SavedSample } from './try-info.ts';
import { type SampleFiles, writeSample } from './write-sample.ts';

const fileName = z
  .string()
  .max(200)
  .regex(/^(?!\.{1,2}$)[^/\\\0]+$/)
  .refine(name => name !== 'expected.json', 'expected.json is the name of what is expected.');

const shape = z.strictObject({
  integration: z.string(),
  name: z
    .string()
    .regex(/^[a-z0-9][a-z0-9-]{0,59}$/, 'A sample is named by small letters, digits and hyphens.'),
  about: z.string().trim().min(1, 'Say what the sample shows.').max(500),
  replace: z.boolean().default(false),
  tried: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('file'), id: z.string(), file: fileName, text: z.string() }),
    z.strictObject({
      ...{ kind: z.literal('webhook'), sample: z.string(), text: z.string() },
      ...{ status: z.int(), outcome: z.enum(outcomes), code: z.string().optional() },
      correlationId: z.string().optional(),
    }),
  ]),
});

type Given = z.infer<typeof shape>;
type Tried<K> = Extract<Given['tried'], { readonly kind: K }>;

/** Writes what was tried, and what became of it, as a sample of the integration. Nothing that is there is replaced unless that is asked for. */
export async function saveSample(place: ConsolePlace, call: Call): Promise<SavedSample> {
  const given = inputOf(shape, call, 'It cannot be saved');
  const { integrations } = await contractsHere();
  if (!integrations.some(({ id }) => id === given.integration))
    throw new Failure(`This folder has no contract of "${given.integration}".`, 2);
  if (!place.cloud) throw new Failure('Samples are made of what the local cloud did.', 2);
  const cloud = new Cloud(place.cloud);
  const files =
    given.tried.kind === 'file'
      ? await filesOfLane(cloud, given, given.tried)
      : await filesOfFence(cloud, given, given.tried);
  return writeSample(given, files);
}

async function filesOfLane(
  cloud: Cloud,
  { integration, about }: Given,
  tried: Tried<'file'>,
): Promise<SampleFiles> {
  const { id, file, text } = tried;
  const handoff = (await cloud.handoffs()).find(one => one.id === id && one.integration === integration);
  const ack = await cloud.acknowledgement(cloud.lane(integration), file).catch(() => undefined);
  if (!handoff?.tally || ack?.correlationId !== id)
    throw new Failure(
      'It is not settled yet, or the file was dropped again. Drop it, and wait for its end.',
      2,
    );
  if (ack.sha256 !== createHash('sha256').update(text).digest('hex'))
    throw new Failure('The text was changed after it was dropped. Drop it again.', 2);
  const { state, tally, fault } = handoff;
  const rows = rejectedIn(ack);
  const expected = fileSampleShape.safeParse({
    ...{ about, drops: [file] },
    outcomes: [{ file, state, tally, ...(fault && { fault: fault.code }), ...(rows.length > 0 && { rows }) }],
    events: await eventsOf(cloud, id),
  });
  return { 'expected.json': textOf(expected), [file]: text };
}

interface Rejected {
  readonly rejectedRows: {
    readonly first: readonly { line: number; column?: string; code: string }[];
  } | null;
}

/** Line, column and code of each. The acknowledgement names the first ones only: larger files are no samples. */
const rejectedIn = (ack: Readonly<Record<string, unknown>>) =>
  ((ack as unknown as Rejected).rejectedRows?.first ?? []).map(({ line, column, code }) => ({
    ...{ line, ...(column && { column }), code },
  }));

async function filesOfFence(
  cloud: Cloud,
  { integration, about }: Given,
  { sample, text, status, outcome, code, correlationId }: Tried<'webhook'>,
): Promise<SampleFiles> {
  const request = fenceSamplesOf(integration)
    .flatMap(({ name, requests }) => requests.map(one => ({ ...one, of: `${name}/${one.file}` })))
    .find(({ of, tamper }) => of === sample && tamper === undefined);
  if (!request) throw new Failure(`There is no sample "${sample}" of ${integration}.`, 2);
  const { headers, tenant } = request;
  const file = `request${extname(request.file)}`;
  const expected = fenceSampleShape.safeParse({
    about,
    requests: [{ file, ...(headers && { headers }), ...(tenant && { tenant }) }],
    outcomes: [{ status, outcome, ...(code && { code }) }],
    events: correlationId === undefined ? [] : await eventsOf(cloud, correlationId),
  });
  return { 'expected.json': textOf(expected), [file]: text };
}

/** As the bus had them, in its order. */
const eventsOf = async (cloud: Cloud, correlationId: string) =>
  (await cloud.events())
    .filter(({ source, detail }) => source !== 'edge' && detail.correlationid === correlationId)
    .map(({ detail: { type, subject, data } }) => ({ type, subject, data }));

function textOf(expected: z.ZodSafeParseResult<object>): string {
  if (expected.success) return `${JSON.stringify(expected.data, undefined, 2)}\n`;
  throw new Failure(`It is no sample: ${z.prettifyError(expected.error)}`, 2);
}
