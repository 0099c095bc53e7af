import type { DeliveryStream } from './delivery-stream.ts';

/** Firehose's streams by their ARNs. */
export class DeliveryStreams {
  readonly #streams = new Map<string, DeliveryStream>();

  add(arn: string, stream: DeliveryStream): void {
    this.#streams.set(arn, stream);
  }

  /** @throws Error when there is no such stream. */
  put(arn: string, record: string): void {
    const stream = this.#streams.get(arn);
    if (!stream) throw new Error(`there is no delivery stream ${arn}`);
    stream.put(record);
  }

  /** Writes what is buffered. */
  flush(): void {
    for (const stream of this.#streams.values()) stream.flush();
  }
}
