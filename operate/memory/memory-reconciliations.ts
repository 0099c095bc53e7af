import type { Run } from '../core/reconcile/run.ts';
import type { Marks, Reconciliations } from '../reconcile-ports.ts';

export class MemoryReconciliations implements Reconciliations {
  readonly #marks = new Map<string, Marks>();
  #run: Run | undefined;
  #startedAt = '';
  #leaseUntil = 0;

  async begin({
    startedAt,
    now,
    until,
  }: {
    startedAt: string;
    now: number;
    until: number;
  }): Promise<boolean> {
    if (this.#leaseUntil > now && this.#startedAt !== startedAt) return false;
    this.#startedAt = startedAt;
    this.#leaseUntil = until;
    return true;
  }

  async keep(run: Run): Promise<void> {
    if (run.startedAt !== this.#startedAt) return;
    this.#run = structuredClone(run);
    this.#leaseUntil = 0;
  }

  async last(): Promise<Run | undefined> {
    return structuredClone(this.#run);
  }

  async marks(integration: string): Promise<Marks> {
    return structuredClone(this.#marks.get(integration) ?? {});
  }

  async keepMarks(integration: string, marks: Marks): Promise<void> {
    this.#marks.set(integration, structuredClone(marks));
  }
}
