import type { DeadLetter, DeadLetters } from '../ports.ts';

export class MemoryDeadLetters implements DeadLetters {
  readonly kept: DeadLetter[] = [];

  async keep(letter: DeadLetter): Promise<void> {
    this.kept.push(letter);
  }
}
