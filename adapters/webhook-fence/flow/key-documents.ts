import { limits } from '#shared/contract/limits.ts';
import type { Clock, Log } from '#shared/ports.ts';
import { hasKey } from '../core/signature/jwk-set.ts';
import type { KeyDocumentRequest } from '../core/signature/key-document-request.ts';
import { type Refusal, refusal } from '../core/signature/refusal.ts';
import type { Secret } from '../core/signature/secret.ts';
import { logLines } from '../core/webhook/log-lines.ts';
import type { Web } from '../ports.ts';

interface CachedDocument {
  /** The same object as long as the document is the same: keys are decoded once for each. */
  readonly document: Secret;
  readonly readAt: number;
}

/**
 * Keys and certificates that providers publish. Cached for `keyDocumentCachedSeconds`; one that cannot be read again stays in use for a
 * day. Requests choose the addresses within those that the contract pins, so the cache and the reads in a minute are limited.
 */
export class KeyDocuments {
  readonly #web: Web;
  readonly #clock: Clock;
  readonly #log: Log;
  readonly #integration: string;
  readonly #cached = new Map<string, CachedDocument>();
  #minute = 0;
  #readsInMinute = 0;

  constructor({ web, clock, log }: { web: Web; clock: Clock; log: Log }, integration: string) {
    this.#web = web;
    this.#clock = clock;
    this.#log = log;
    this.#integration = integration;
  }

  /** `secrets`: the fence's, for an endpoint that answers only to who shows one. */
  async read(request: KeyDocumentRequest, secrets: readonly Secret[]): Promise<Secret | Refusal> {
    const name = `${request.url}\n${request.body ?? ''}`;
    const cached = this.#cached.get(name);
    if (cached && this.#isFresh(cached) && !isOlderThanKey(cached, request)) return cached.document;
    if (!this.#mayRead()) return cached?.document ?? busy;
    const read = await this.#readNow(request, secrets);
    if ('text' in read) return this.#keep(name, read.text, cached);
    const isUsable =
      cached && this.#ageSeconds(cached) < limits.secondsADay && read.reason === 'KEYS_UNREACHABLE';
    return isUsable ? cached.document : read;
  }

  async #readNow(
    { url, headers, body }: KeyDocumentRequest,
    secrets: readonly Secret[],
  ): Promise<{ readonly text: string } | Refusal> {
    const secret = secrets.find(({ use }) => use !== 'handshake')?.value ?? '';
    const filled = Object.entries(headers).map(([header, value]) => [
      header,
      value.replaceAll('{secret}', secret),
    ]);
    try {
      const answer = await this.#web.ask({
        url,
        headers: Object.fromEntries(filled),
        ...(body !== undefined && { body }),
      });
      if (answer.status === 200) return { text: answer.text };
      if (answer.status < 500 && answer.status !== 429) return unknownKey;
      this.#log.error(logLines.keysUnreadable, { integration: this.#integration, status: answer.status });
    } catch (error) {
      this.#log.error(logLines.keysUnreadable, { integration: this.#integration, error });
    }
    return unreachable;
  }

  #keep(name: string, text: string, cached: CachedDocument | undefined): Secret {
    const document = cached?.document.value === text ? cached.document : { value: text };
    this.#cached.delete(name);
    this.#cached.set(name, { document, readAt: this.#clock.now() });
    const [oldest] = this.#cached.keys();
    if (this.#cached.size > limits.keyDocumentsMax && oldest !== undefined) this.#cached.delete(oldest);
    return document;
  }

  #mayRead(): boolean {
    const minute = Math.floor(this.#clock.now() / 60_000);
    if (minute !== this.#minute) this.#readsInMinute = 0;
    this.#minute = minute;
    this.#readsInMinute += 1;
    return this.#readsInMinute <= limits.keyDocumentReadsAMinuteMax;
  }

  #isFresh = (cached: CachedDocument): boolean => this.#ageSeconds(cached) < limits.keyDocumentCachedSeconds;

  #ageSeconds = ({ readAt }: CachedDocument): number => (this.#clock.now() - readAt) / 1000;
}

/** A set that lacks the key was read before the provider began to use it. */
const isOlderThanKey = ({ document }: CachedDocument, { keyId }: KeyDocumentRequest): boolean =>
  keyId !== undefined && !hasKey(document.value, keyId);

const unreachable = refusal('KEYS_UNREACHABLE', 'the provider’s keys could not be read');
const busy = refusal('KEYS_UNREACHABLE', 'too many keys were asked for in this minute');
const unknownKey = refusal('UNKNOWN_KEY', 'the provider does not know the key that the request names');
