import { boundedFetch } from '#shared/aws/bounded-fetch.ts';
import { limits } from '#shared/contract/limits.ts';
import type { Web, WebRequest } from '../ports.ts';

const bounds = { millisecondsMax: limits.webhookCallMillisecondsMax, bytesMax: limits.keyDocumentBytesMax };

/** HTTPS, without redirects: they would lead away from the address that the contract pins. */
export const fetchWeb: Web = {
  async ask(request: WebRequest) {
    const { status, text } = await boundedFetch(request, bounds);
    return { status, text };
  },
};
