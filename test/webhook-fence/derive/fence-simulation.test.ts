import { fenceSimulations, type SampleFacts } from '#adapters/webhook-fence/derive/fence-simulation.ts';
import github from '#integrations/github-releases/contract.ts';
import stripe from '#integrations/stripe-payments/contract.ts';
import { simulationCases } from '#shared/contract/simulation-case.ts';

const published: SampleFacts = { isGenuine: true, status: 202, outcome: 'published' };
const quarantined = (code: string): SampleFacts => ({ ...published, outcome: 'quarantined', code });
const forged: SampleFacts = { isGenuine: false, status: 401, outcome: 'rejected', code: 'NO_SIGNATURE' };
const samples = [
  ...[forged, quarantined('UNKNOWN_DELIVERY'), quarantined('DUPLICATE_CONFLICT')],
  ...[quarantined('INVALID_PAYLOAD'), published, published],
];
const requestsOf = (name: string, fence = stripe, of = samples) =>
  fenceSimulations(fence, of).find(simulation => simulation.name === name)?.requests;

describe('the days of a simulated provider', () => {
  it('are every case, where the samples show them', () => {
    const names = fenceSimulations(stripe, samples).map(({ name }) => name);
    expect(names).toEqual([...simulationCases]);
  });

  it('leave out what the contract or the samples do not have', () => {
    expect(requestsOf('delay', github)).toBeUndefined();
    expect(requestsOf('unknown', stripe, [published])).toBeUndefined();
    expect(fenceSimulations(stripe, [forged])).toEqual([]);
  });

  it('send a sample as it is and expect what it says', () => {
    expect(requestsOf('success')).toMatchObject([{ sample: 4, expected: [{ outcome: 'published' }] }]);
    expect(requestsOf('rejection')).toMatchObject([{ sample: 3, expected: [{ code: 'INVALID_PAYLOAD' }] }]);
    expect(requestsOf('unknown')).toMatchObject([{ sample: 1, expected: [{ code: 'UNKNOWN_DELIVERY' }] }]);
  });

  it('send beyond the tolerance, forged, cut and twice, and expect what the contract answers', () => {
    const again = [{ status: 202, outcome: 'duplicate' }];
    expect(requestsOf('delay')).toMatchObject([
      { signedSecondsAgo: 360, expected: [{ status: 401, code: 'TIMESTAMP_TOO_OLD' }] },
    ]);
    expect(requestsOf('unauthorised')).toMatchObject([
      { change: 'secret', expected: [{ status: 401, code: 'SIGNATURE_MISMATCH' }] },
    ]);
    expect(requestsOf('malformed')).toMatchObject([
      { change: 'cut', expected: [{ status: 202, code: 'UNREADABLE_PAYLOAD' }] },
    ]);
    expect(requestsOf('duplicate')).toMatchObject([{ delivery: 0 }, { delivery: 0, expected: again }]);
    expect(requestsOf('timeout')).toMatchObject([
      { delivery: 0, hangsUp: true },
      { delivery: 0, expected: [{ outcome: 'published' }, again[0]] },
    ]);
    expect(requestsOf('reordering')).toMatchObject([
      { sample: 5, delivery: 1 },
      { sample: 4, delivery: 0 },
    ]);
  });

  it('expect a repeat to be answered as the contract says', () => {
    const fence = { ...stripe, answers: { ...stripe.answers, duplicate: { status: 208 } } };
    expect(requestsOf('duplicate', fence)?.[1]).toMatchObject({ expected: [{ status: 208 }] });
  });
});
