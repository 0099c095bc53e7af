import type { buildApp } from 'fauxqs';
import { account } from '../aws-names.ts';

/** fauxqs puts the host into the URL by which it knows a queue: this one never leaves the process. */
export const innerHost = 'fauxqs';

/** Like SQS, finds a queue by the name in its URL, whatever the host; and gives URLs at our origin. */
export function translateQueueUrls(
  app: ReturnType<typeof buildApp>,
  innerOrigin: string,
  origin: string,
): void {
  app.addHook('preHandler', async request => {
    const body = request.body as { QueueUrl?: string } | undefined;
    if (typeof body?.QueueUrl !== 'string') return;
    body.QueueUrl = `${innerOrigin}/${account}/${body.QueueUrl.split('/').at(-1)}`;
  });
  app.addHook('onSend', async (request, _, payload) =>
    namesQueues(request.headers['x-amz-target']) && typeof payload === 'string'
      ? payload.replaceAll(`${innerOrigin}/`, `${origin}/`)
      : payload,
  );
}

/** Other answers may hold such a text in a message's body. */
const namesQueues = (target: unknown): boolean =>
  ['AmazonSQS.CreateQueue', 'AmazonSQS.GetQueueUrl', 'AmazonSQS.ListQueues'].includes(String(target));
