import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { ClientRequest } from 'node:http';

/** Counts every HTTP request that this process sends, by what AWS calls it. */
export class HttpCalls {
  readonly counts = new Map<string, number>();
  /** Bytes of requests to the bus. */
  busBytes = 0;

  start(): void {
    subscribe('http.client.request.start', this.#count);
  }

  stop(): void {
    unsubscribe('http.client.request.start', this.#count);
  }

  readonly #count = (message: unknown): void => {
    const { request } = message as { readonly request: ClientRequest };
    const name = callOf(request);
    this.counts.set(name, (this.counts.get(name) ?? 0) + 1);
    if (name.endsWith('PutEvents')) this.busBytes += Number(request.getHeader('content-length') ?? 0);
  };
}

/** `DynamoDB UpdateItem`, `SQS SendMessageBatch`; S3 has only methods. */
function callOf(request: ClientRequest): string {
  const target = request.getHeader('x-amz-target');
  if (typeof target !== 'string') return `S3 ${request.method}`;
  const [service = '', action] = target.split('.');
  return `${service.replace(/^Amazon|^AWS|_\d+$/g, '')} ${action}`;
}
