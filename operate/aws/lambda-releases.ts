import type { LambdaClient } from '@aws-sdk/client-lambda';
import type * as z from 'zod';
import { releaseAnswer, type releaseOrder } from '#adapters/webhook-fence/core/webhook/release-order.ts';
import type { Releases } from '../plan-ports.ts';
import { invokeFunction } from './invoke-function.ts';

/** `nameOf` gives the name of a fence's function. */
export class LambdaReleases implements Releases {
  readonly #client: LambdaClient;
  readonly #nameOf: (fence: string) => string;

  constructor(client: LambdaClient, nameOf: (fence: string) => string) {
    this.#client = client;
    this.#nameOf = nameOf;
  }

  async order(fence: string, order: z.input<typeof releaseOrder>) {
    return releaseAnswer.parse(await invokeFunction(this.#client, this.#nameOf(fence), order));
  }
}
