import type { DeadLetter, DeadLetters } from '../ports.ts';

export class MemoryDeadLetters implements DeadLetters {
  readonly #queues = new Map<string, DeadLetter[]>();

  /** Creates the queue of an integration, with these messages. */
  put(integration: string, ...letters: readonly DeadLetter[]): void {
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
}
