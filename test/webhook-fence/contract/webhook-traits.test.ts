import { providers } from '#adapters/webhook-fence/contract/webhook-scheme.ts';
import {
  replayDaysMin,
  traitsOf,
  traitsOfDeclared,
} from '#adapters/webhook-fence/contract/webhook-traits.ts';
import { schemes } from '#adapters/webhook-fence/core/signature/schemes.ts';

describe('what contracts know of a provider', () => {
  it.each(providers)('follows from the scheme of %s', provider => {
    const { retryDays: _, ...traits } = traitsOf(provider);
    const { retryDays: __, ...derived } = traitsOfDeclared(schemes[provider]);
    expect(traits).toEqual(derived);
  });

  it('asks for replays to be known for twice the tolerance and for as long as retries go on', () => {
    expect(replayDaysMin(traitsOf('adyen'))).toBe(30);
    expect(replayDaysMin(traitsOf('api-key'))).toBe(1);
    expect(replayDaysMin({ ...traitsOf('api-key'), toleranceSeconds: 86_400 })).toBe(2);
  });
});
