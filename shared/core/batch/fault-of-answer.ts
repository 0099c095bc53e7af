import { type Fault, type FaultCode, fault, type Place } from '../../contract/fault.ts';
import type { BusAnswer } from './bus-entry.ts';

/** An answer of the bus that has not taken the entry. */
export type NotAccepted = Exclude<BusAnswer, { readonly kind: 'accepted' }>;

const codes: Readonly<Record<NotAccepted['kind'], FaultCode>> = {
  denied: 'ACCESS_DENIED',
  throttled: 'BUS_UNAVAILABLE',
  unknown: 'PUBLISH_UNKNOWN',
  refused: 'PUBLISH_REFUSED',
};

const meanings: Readonly<Record<NotAccepted['kind'], string>> = {
  denied: 'the bus refused the function:',
  throttled: 'the bus did not take events:',
  unknown: 'the bus gave no answer:',
  refused: 'the bus answered',
};

/** Why an entry is not on the bus. Only `refused` is a fault of the entry; the others say that the work must stop. */
export const faultOfAnswer = ({ kind, reason }: NotAccepted, at: Place = {}): Fault =>
  fault(codes[kind], at, `${meanings[kind]} ${reason}`);

export const isAccepted = (answer: BusAnswer): answer is Extract<BusAnswer, { kind: 'accepted' }> =>
  answer.kind === 'accepted';
