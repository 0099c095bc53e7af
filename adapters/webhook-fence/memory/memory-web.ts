import type { Web, WebAnswer, WebRequest } from '../ports.ts';

/** Addresses with what they answer; anything else is 404. */
export class MemoryWeb implements Web {
  readonly asked: WebRequest[] = [];
  readonly #pages = new Map<string, WebAnswer>();

  async ask(request: WebRequest): Promise<WebAnswer> {
    this.asked.push(request);
    return this.#pages.get(request.url) ?? { status: 404, text: '' };
  }

  publish(url: string, text: string, status = 200): void {
    this.#pages.set(url, { status, text });
  }
}
