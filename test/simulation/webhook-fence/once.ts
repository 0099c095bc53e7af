import type { AgainEnd, Once, OnceClaim, OnceEnd, OnceWork } from '#adapters/webhook-fence/ports.ts';
import type { Faults } from '../shared/faults.ts';
import { type Process, ServiceFailed } from '../shared/process.ts';

const nothing = async (): Promise<undefined> => undefined;
const never = (): Promise<never> => new Promise(() => undefined);

/**
 * `Once` as an invocation reaches it: claim, work and save are calls of their own, and anything can go wrong between them. What
 * could not be saved stays claimed until its time is over.
 */
export function onceOf(once: Once, process: Process, faults: Faults): Once {
  const around = async <E>(
    claim: OnceClaim,
    work: OnceWork,
    run: (claim: OnceClaim, work: OnceWork) => Promise<E>,
  ): Promise<E> => {
    await process.call('once.claim', [], nothing);
    const remaining = claim.remainingMilliseconds();
    const fixed = { ...claim, remainingMilliseconds: () => remaining };
    if (faults.at('once.claim answer', ['fail after'])) {
      void run(fixed, never);
      throw new ServiceFailed('the claim got no answer');
    }
    return new Promise<E>((resolve, reject) => {
      const save = async (call: string): Promise<void> => {
        try {
          await process.call(call, [], nothing);
        } catch (error) {
          reject(error);
          await never();
        }
      };
      run(fixed, async hold => {
        const value = await work(hold).catch(async (error: unknown) => {
          await save('once.forget');
          throw error;
        });
        await save('once.save');
        return value;
      }).then(end => {
        process.note({ call: 'once.ended', args: [], answer: end });
        resolve(end);
      }, reject);
    });
  };
  return {
    run: (claim, work): Promise<OnceEnd> => around(claim, work, (c, w) => once.run(c, w)),
    again: (claim, known, work): Promise<AgainEnd> => around(claim, work, (c, w) => once.again(c, known, w)),
    find: name => process.call('once.find', [name], () => once.find(name)) as ReturnType<Once['find']>,
    compare: claim =>
      process.call('once.compare', [claim.name], () => once.compare(claim)) as ReturnType<Once['compare']>,
  };
}
