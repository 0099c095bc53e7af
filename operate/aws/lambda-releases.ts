import { InvokeCommand, type LambdaClient } from '@aws-sdk/client-lambda';
import type * as z from 'zod';
import { releaseAnswer, type releaseOrder } from '#adapters/webhook-fence/core/webhook/release-order.ts';
import { permitted } from '#shared/aws/aws-errors.ts';
import type { Releases } from '../plan-ports.ts';

/** `nameOf` gives the name of a fence's function. */
export class LambdaReleases implements Releases {
  readonly #client: LambdaClient;
  readonly #nameOf: (fence: string) => string;

  constructor(client: LambdaClient, nameOf: (fence: string) => string) {
    this.#client = client;
    this.#nameOf = nameOf;
  }

  async order(fence: string, order: z.input<typeof releaseOrder>) {
    const FunctionName = this.#nameOf(fence);
    const Payload = Buffer.from(JSON.stringify(order));
    const invoke = new InvokeCommand({ FunctionName, Payload });
    const answer = await permitted(`invoking ${FunctionName}`, this.#client.send(invoke));
    const text = answer.Payload?.transformToString() ?? '';
    if (answer.FunctionError) throw new Error(`${FunctionName} failed; its log says why`);
    return releaseAnswer.parse(JSON.parse(text));
  }
}
