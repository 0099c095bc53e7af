import type { Secrets, SecretText } from '../ports.ts';

export class MemorySecrets implements Secrets {
  /** Times read. */
  reads = 0;
  /** Thrown by the next readings. */
  failure: Error | undefined;
  #secret: SecretText;

  /** As an operator wrote it. */
  constructor(text: string, changedAt = 0) {
    this.#secret = { text, version: 'v1', changedAt, isGenerated: false };
  }

  async read(): Promise<SecretText> {
    this.reads += 1;
    if (this.failure) throw this.failure;
    return this.#secret;
  }

  /** Writes a new version, as an operator would. */
  write(text: string, changedAt = 0): void {
    const version = `v${Number(this.#secret.version.slice(1)) + 1}`;
    this.#secret = { text, version, changedAt, isGenerated: false };
  }

  /** Creates it again, with what is generated then. */
  generate(text: string): void {
    this.#secret = { text, version: 'v1', changedAt: 0, isGenerated: true };
  }
}
