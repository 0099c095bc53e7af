import {
  type EventBridgeClient,
  PutEventsCommand,
  type PutEventsResultEntry,
} from '@aws-sdk/client-eventbridge';
import { limits } from '../contract/limits.ts';
import type { Bus, BusAnswer, BusEntry } from '../ports.ts';
import {
  isAccessCode,
  isAccessError,
  isThrottling,
  isThrottlingCode,
  nameOf,
  reasonOf,
  statusOf,
} from './aws-errors.ts';

/** The client must not retry by itself (`maxAttempts: 1`). */
export class EventBridgeBus implements Bus {
  readonly #client: EventBridgeClient;
  readonly #name: string;

  constructor(client: EventBridgeClient, name: string) {
    this.#client = client;
    this.#name = name;
  }

  async put(entries: readonly BusEntry[]): Promise<readonly BusAnswer[]> {
    try {
      const { Entries = [] } = await this.#client.send(this.#command(entries));
      return entries.map((_, i) => entryAnswer(Entries[i]));
    } catch (error) {
      const answer = callAnswer(error);
      return answer.kind === 'refused' && canBeHalved(entries)
        ? this.#putHalves(entries)
        : entries.map(() => answer);
    }
  }

  /** A call is refused as a whole for the sake of one entry. Halving it finds that entry and publishes the others, in order. */
  async #putHalves(entries: readonly BusEntry[]): Promise<readonly BusAnswer[]> {
    const middle = Math.ceil(entries.length / 2);
    const first = await this.put(entries.slice(0, middle));
    return [...first, ...(await this.put(entries.slice(middle)))];
  }

  #command(entries: readonly BusEntry[]): PutEventsCommand {
    const Entries = entries.map(entry => ({
      EventBusName: this.#name,
      Source: entry.source,
      DetailType: entry.detailType,
      Detail: entry.detail,
    }));
    return new PutEventsCommand({ Entries });
  }
}

/** Of a call with too many entries no single one is at fault. */
const canBeHalved = ({ length }: readonly BusEntry[]): boolean =>
  length > 1 && length <= limits.putEventsEntriesMax;

/** Entry codes that stand for good: API reference of PutEventsResultEntry. */
const final = /^(MalformedDetail|InvalidArgument|RedactionFailure|Validation)/;

/** A code that is not known to be final is retried: nothing may be dropped by mistake. */
function entryAnswer(result: PutEventsResultEntry | undefined): BusAnswer {
  if (result?.EventId) return { kind: 'accepted' };
  if (!result?.ErrorCode) return { kind: 'unknown', reason: 'the bus gave no result for this entry' };
  const code = result.ErrorCode;
  const reason = `${code}: ${result.ErrorMessage ?? ''}`;
  if (isThrottlingCode(code)) return { kind: 'throttled', reason };
  if (isAccessCode(code) || isMissing(code)) return { kind: 'denied', reason };
  return { kind: final.test(code) ? 'refused' : 'throttled', reason };
}

/** No bus of that name. It is ours to fix, like a missing right. */
const isMissing = (code: string): boolean => code.startsWith('ResourceNotFound');

/** What no service answers and no connection raises. */
const isBug = (error: unknown): boolean =>
  statusOf(error) === undefined && /^(TypeError|ReferenceError|RangeError)$/.test(nameOf(error));

/** Timeouts, resets, cut-off answers and failures of the bus itself tell nothing: it may have taken the entries. */
function callAnswer(error: unknown): BusAnswer {
  const reason = reasonOf(error);
  if (isThrottling(error)) return { kind: 'throttled', reason };
  if (isAccessError(error) || isMissing(reason)) return { kind: 'denied', reason };
  if (isBug(error)) throw error;
  const status = statusOf(error) ?? 0;
  return { kind: status >= 400 && status < 500 ? 'refused' : 'unknown', reason };
}
