import type { ChainHead, ChainName } from '../core/audit/chain.ts';
import type { AuditHeads, NamedHead, SealedDay } from '../ports.ts';

export class MemoryAuditHeads implements AuditHeads {
  readonly #heads = new Map<string, ChainHead>();
  #sealed: SealedDay | undefined;

  async find(chain: ChainName): Promise<ChainHead | undefined> {
    return this.#heads.get(nameOf(chain));
  }

  async advance(chain: ChainName, to: ChainHead, from: ChainHead): Promise<boolean> {
    if ((this.#heads.get(nameOf(chain))?.objects ?? 0) !== from.objects) return false;
    this.#heads.set(nameOf(chain), to);
    return true;
  }

  async ofDay(day: string): Promise<readonly NamedHead[]> {
    return [...this.#heads]
      .filter(([name]) => name.startsWith(`${day} `))
      .map(([name, head]) => ({ integration: name.slice(day.length + 1), ...head }));
  }

  async sealed(): Promise<SealedDay | undefined> {
    return this.#sealed;
  }

  async keepSealed(sealed: SealedDay): Promise<void> {
    this.#sealed = sealed;
  }
}

const nameOf = ({ day, integration }: ChainName): string => `${day} ${integration}`;
