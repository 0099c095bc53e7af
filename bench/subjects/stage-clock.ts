/** CPU of this process by stage, in microseconds: user and system, garbage collection where it happens. */
export class StageClock<S extends string> {
  readonly microseconds: Record<S, number>;

  constructor(stages: readonly S[]) {
    this.microseconds = Object.fromEntries(stages.map(stage => [stage, 0])) as Record<S, number>;
  }

  time<T>(stage: S, work: () => T): T {
    const before = process.cpuUsage();
    const result = work();
    this.#add(stage, before);
    return result;
  }

  async timeAsync<T>(stage: S, work: () => Promise<T>): Promise<T> {
    const before = process.cpuUsage();
    const result = await work();
    this.#add(stage, before);
    return result;
  }

  #add(stage: S, before: NodeJS.CpuUsage): void {
    const { user, system } = process.cpuUsage(before);
    this.microseconds[stage] += user + system;
  }
}
