import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { outcomes } from '#shared/core/outcome/tally.ts';
import { readShaped } from './read-shaped.ts';
import { about, eventShape } from './sample-shapes.ts';

/** A request as its provider sent it, or publishes it. Our own scheme did not sign it, so it shows that the scheme is the provider's. */
const recordedShape = z
  .strictObject({
    about,
    /** Where it was recorded, or is published. */
    source: z.string().min(1),
    /** Of the endpoint that it was sent to; one that is used nowhere else. */
    secret: z.union([z.string(), z.array(z.string()).min(1)]),
    /** Whose secret it is, and the tenant in the path; needed where the fence serves several. */
    tenant: z.string().optional(),
    receivedAt: z.iso.datetime(),
    method: z.string().default('POST'),
    /** As the provider called it; needed where the scheme signs it. */
    url: z.url().optional(),
    headers: z.record(z.string(), z.string()),
    body: z.string().optional(),
    bodyBase64: z.string().optional(),
    /** What the provider published at an address when the request was recorded: its keys or certificate. */
    documents: z.record(z.url(), z.string()).default({}),
    expected: z.strictObject({ status: z.int(), outcome: z.enum(outcomes), code: z.string().optional() }),
    events: z.array(eventShape),
  })
  .check(({ value, issues }) => {
    if ((value.body === undefined) !== (value.bodyBase64 === undefined)) return;
    issues.push({
      code: 'custom',
      input: value,
      path: ['body'],
      message: 'one of body and bodyBase64 is needed',
    });
  });

export interface RecordedRequest extends z.infer<typeof recordedShape> {
  /** Name of its file. */
  readonly name: string;
}

/** The folder in an integration's `samples/` that holds recorded requests, a file each. */
export const recordedFolder = 'recorded';

/** The requests recorded for a fence, in order of their names. @throws SamplesProblem when one cannot be read. */
export function recordedRequestsOf(integration: string, root = 'integrations'): readonly RecordedRequest[] {
  const folder = join(root, integration, 'samples', recordedFolder);
  const names = existsSync(folder) ? readdirSync(folder).filter(name => name.endsWith('.json')) : [];
  return names.sort().map(name => ({ name, ...readShaped(join(folder, name), recordedShape) }));
}

export const bodyOf = ({ body, bodyBase64 = '' }: RecordedRequest): Buffer =>
  body === undefined ? Buffer.from(bodyBase64, 'base64') : Buffer.from(body);
