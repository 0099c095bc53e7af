import { boundedFetch } from '#shared/aws/bounded-fetch.ts';
import { limits } from '#shared/contract/limits.ts';
import type { ProviderApi } from '../reconcile-ports.ts';

const bounds = { millisecondsMax: limits.listingCallMillisecondsMax, bytesMax: limits.listingAnswerBytesMax };

/** Providers' APIs, at the addresses of the contracts. */
export const fetchProviders: ProviderApi = {
  async ask(request) {
    const { status, text, headers } = await boundedFetch(request, bounds);
    return { status, text, link: headers.get('link') ?? undefined };
  },
};
