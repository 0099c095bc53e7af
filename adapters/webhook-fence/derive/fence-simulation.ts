import type { SimulationCase } from '#shared/contract/simulation-case.ts';
import type { Outcome } from '#shared/core/outcome/tally.ts';
import type { WebhookFence } from '../contract/webhook-fence.ts';
import { schemeOf } from '../core/webhook/scheme-of.ts';

/** What is known of a sample's request: whether it is sent as it is, and what becomes of it. */
export interface SampleFacts {
  readonly isGenuine: boolean;
  readonly status: number;
  readonly outcome: Outcome;
  readonly code?: string | undefined;
}

/** How a request ends. */
export interface RequestEnd {
  readonly status: number;
  readonly outcome: string;
  readonly code?: string | undefined;
}

/** One request of a simulated provider. */
export interface SimulatedRequest {
  /** Place of its sample in those that were given. */
  readonly sample: number;
  /** Requests of one case with the same number are the same delivery. */
  readonly delivery: number;
  /** How long ago the provider signed it. */
  readonly signedSecondsAgo: number;
  /** `cut`: the body ends in its middle, then it is signed. `secret`: it is signed with another secret. */
  readonly change?: 'cut' | 'secret';
  /** The provider closes the connection and does not learn the answer. */
  readonly hangsUp?: true;
  /** Each of these is right. None: the provider did not wait. */
  readonly expected: readonly RequestEnd[];
}

export interface FenceSimulation {
  readonly name: SimulationCase;
  /** What the provider does, for people. */
  readonly about: string;
  readonly requests: readonly SimulatedRequest[];
}

/** Between a fresh timestamp and one that is too old. */
const beyondSeconds = 60;

/** What codes of a quarantined delivery other cases stand for. */
const ofOtherCases = ['UNKNOWN_DELIVERY', 'UNREADABLE_PAYLOAD', 'DUPLICATE_CONFLICT'];

/** A provider's good and bad days, from the contract and its samples. Cases that the samples do not show are left out. */
export function fenceSimulations(
  fence: Pick<WebhookFence, 'scheme' | 'answers'>,
  samples: readonly SampleFacts[],
): readonly FenceSimulation[] {
  const place = placesIn(samples);
  const [good, other] = [place.published[0], place.published[1] ?? place.published[0]];
  if (good === undefined || other === undefined) return [];
  const published = endOf(samples, good);
  const { answers } = fence;
  const again = { status: answers.duplicate?.status ?? published.status, outcome: 'duplicate' };
  const request = (sample: number, expected: readonly RequestEnd[]): SimulatedRequest => ({
    ...{ sample, delivery: 0, signedSecondsAgo: 0, expected },
  });
  const sound = request(good, [published]);
  const asSample = (name: SimulationCase, about: string, sample: number | undefined): FenceSimulation[] =>
    sample === undefined ? [] : [{ name, about, requests: [request(sample, [endOf(samples, sample)])] }];
  return [
    { name: 'success', about: 'sends a good delivery', requests: [sound] },
    ...asSample('rejection', 'sends what the contract refuses', place.refused),
    ...late(fence, sound),
    {
      ...{ name: 'timeout', about: 'hangs up, then sends again' },
      requests: [
        { ...sound, hangsUp: true, expected: [] },
        { ...sound, expected: [published, again] },
      ],
    },
    {
      ...{ name: 'duplicate', about: 'sends one delivery twice' },
      requests: [sound, { ...sound, expected: [again] }],
    },
    {
      ...{ name: 'reordering', about: 'sends the second delivery first' },
      requests: [{ ...request(other, [endOf(samples, other)]), delivery: 1 }, sound],
    },
    {
      ...{ name: 'malformed', about: 'sends a body that is cut' },
      requests: [
        {
          ...sound,
          change: 'cut',
          expected: [
            { status: answers.quarantined.status, outcome: 'quarantined', code: 'UNREADABLE_PAYLOAD' },
          ],
        },
      ],
    },
    {
      ...{ name: 'unauthorised', about: 'signs with another secret' },
      requests: [{ ...sound, change: 'secret', expected: [rejectedAs('SIGNATURE_MISMATCH')] }],
    },
    ...asSample('unknown', 'sends a kind that the contract does not know', place.unknown),
  ];
}

/** A delivery that was under way for longer than its timestamp is good for. */
function late(fence: Pick<WebhookFence, 'scheme'>, sound: SimulatedRequest): FenceSimulation[] {
  const scheme = schemeOf(fence);
  const rule = scheme.kind === 'signed' ? scheme.timestamp : undefined;
  if (!rule) return [];
  const request = {
    ...sound,
    signedSecondsAgo: rule.toleranceSeconds + beyondSeconds,
    expected: [rejectedAs('TIMESTAMP_TOO_OLD')],
  };
  return [{ name: 'delay', about: 'sends later than its timestamp allows', requests: [request] }];
}

const rejectedAs = (code: string): RequestEnd => ({ status: 401, outcome: 'rejected', code });

function placesIn(samples: readonly SampleFacts[]) {
  const genuine = samples.flatMap((sample, at) => (sample.isGenuine ? [{ ...sample, at }] : []));
  const quarantined = genuine.filter(({ outcome }) => outcome === 'quarantined');
  return {
    published: genuine.filter(({ outcome }) => outcome === 'published').map(({ at }) => at),
    refused: quarantined.find(({ code = '' }) => !ofOtherCases.includes(code))?.at,
    unknown: quarantined.find(({ code }) => code === 'UNKNOWN_DELIVERY')?.at,
  };
}

function endOf(samples: readonly SampleFacts[], at: number): RequestEnd {
  const sample = samples[at];
  if (!sample) throw new Error(`there is no sample ${at}`);
  return { status: sample.status, outcome: sample.outcome, code: sample.code };
}
