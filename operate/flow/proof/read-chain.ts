import type { Log } from '#shared/ports.ts';
import { recordsKey } from '../../core/audit/audit-keys.ts';
import { type ChainHead, emptyChain } from '../../core/audit/chain.ts';
import { type Before, checkLines } from '../../core/audit/check-lines.ts';
import { dayAfter } from '../../core/audit/days.ts';
import type { Finding } from '../../core/audit/finding.ts';
import { proofLines } from '../../core/proof/log-lines.ts';
import type { Standing } from '../../core/proof/standing.ts';

const notKnown: Before = { records: null, hash: null };

/** How far an integration's chains were read, and whether they are as they were written. */
export class ReadChain {
  readonly #log: Log;
  readonly #integration: string;
  #day: string;
  #objects: number;
  #last: Before;

  constructor(log: Log, integration: string, { day, objects, chain }: Standing) {
    this.#log = log;
    this.#integration = integration;
    this.#day = day;
    this.#objects = objects;
    this.#last = chain ?? (objects === 0 ? emptyChain({ day, integration }) : notKnown);
  }

  get place(): Required<Pick<Standing, 'day' | 'objects' | 'chain'>> {
    const { records, hash } = this.#last;
    return { day: this.#day, objects: this.#objects, chain: { records, hash } };
  }

  get nextKey(): string {
    return recordsKey({ day: this.#day, integration: this.#integration }, this.#objects + 1);
  }

  take(text: string): void {
    const { findings, records, hash } = checkLines(this.nextKey, text, this.#last);
    this.#report(findings);
    this.#last = { records, hash };
    this.#objects += 1;
  }

  /** Whether the next object was written and is gone: it is left out. */
  skipMissing(head: ChainHead | undefined): boolean {
    if (head === undefined || head.objects <= this.#objects) return false;
    this.#report([{ object: this.nextKey, line: null, code: 'OBJECT_MISSING', detail: 'it is not there' }]);
    this.#last = notKnown;
    this.#objects += 1;
    return true;
  }

  endDay(head: ChainHead | undefined): void {
    if (head && this.#last.hash !== null && this.#last.hash !== head.hash)
      this.#report([
        { object: this.nextKey, line: null, code: 'CHAIN_END_DIFFERS', detail: 'the last record is another' },
      ]);
    this.#day = dayAfter(this.#day);
    this.#objects = 0;
    this.#last = emptyChain({ day: this.#day, integration: this.#integration });
  }

  #report(findings: readonly Finding[]): void {
    const [first] = findings;
    if (first)
      this.#log.error(proofLines.trail, {
        ...{ integration: this.#integration, ...first, findings: findings.length },
      });
  }
}
