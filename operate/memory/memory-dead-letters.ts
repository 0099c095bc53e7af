import type { DeadLetterMover, HeldLetter } from '../plan-ports.ts';
import type { DeadLetter, DeadLetters } from '../ports.ts';

const batch = 10;

export class MemoryDeadLetters implements DeadLetters, DeadLetterMover {
  readonly #queues = new Map<string, (DeadLetter & { readonly reason?: string })[]>();
  /** Bodies that went back to the queue of an integration, in order. */
  readonly redriven: string[] = [];

  /** Creates the queue of an integration, with these messages. */
  put(integration: string, ...letters: readonly (DeadLetter & { readonly reason?: string })[]): void {
    this.#queues.set(integration, [...(this.#queues.get(integration) ?? []), ...letters]);
  }

  /** As if the integration's stack were not deployed. */
  remove(integration: string): void {
    this.#queues.delete(integration);
  }

  async count(integration: string): Promise<number | 'missing'> {
    return this.#queues.get(integration)?.length ?? 'missing';
  }

  async read(integration: string, limit: number): Promise<readonly DeadLetter[] | 'missing'> {
    return this.#queues.get(integration)?.slice(0, limit) ?? 'missing';
  }

  async *hold(integration: string): AsyncGenerator<readonly HeldLetter[]> {
    const letters = this.#queues.get(integration);
    if (!letters) throw new Error(`there is no queue of ${integration}`);
    const seen = [...letters];
    for (let i = 0; i < seen.length; i += batch)
      yield seen.slice(i, i + batch).map(letter => ({
        ...letter,
        reason: letter.reason,
        redrive: async () => {
          this.redriven.push(letter.body);
          letters.splice(letters.indexOf(letter), 1);
        },
      }));
  }
}
