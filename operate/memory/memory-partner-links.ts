import type { PartnerLink } from '../core/partner/partner-link.ts';
import type { PartnerLinks } from '../partner-ports.ts';

export class MemoryPartnerLinks implements PartnerLinks {
  readonly #links = new Map<string, PartnerLink>();

  async find(id: string): Promise<PartnerLink | undefined> {
    return this.#links.get(id);
  }

  async list(): Promise<readonly PartnerLink[]> {
    return [...this.#links.values()];
  }

  async keep(link: PartnerLink): Promise<void> {
    this.#links.set(link.id, link);
  }
}
