import { arn } from '../aws-names.ts';
import { DataStream, type StreamSpec } from './data-stream.ts';
import { KinesisError } from './kinesis-error.ts';

/** All data streams by name. */
export class DataStreams {
  readonly #region: string;
  readonly #streams = new Map<string, DataStream>();

  constructor(region: string) {
    this.#region = region;
  }

  /** @throws KinesisError when the name is taken. */
  create(spec: Omit<StreamSpec, 'arn'>): DataStream {
    if (this.#streams.has(spec.name))
      throw new KinesisError('ResourceInUseException', `Stream ${spec.name} already exists.`);
    const stream = new DataStream({ ...spec, arn: this.arn(spec.name) });
    this.#streams.set(spec.name, stream);
    return stream;
  }

  arn(name: string): string {
    return arn('kinesis', this.#region, `stream/${name}`);
  }

  get names(): readonly string[] {
    return [...this.#streams.keys()].sort();
  }

  /** By name, or the name in an ARN. @throws KinesisError */
  find(given: {
    readonly StreamName?: string | undefined;
    readonly StreamARN?: string | undefined;
  }): DataStream {
    const name = given.StreamARN?.split('/').at(-1) ?? given.StreamName;
    if (name === undefined)
      throw new KinesisError('ValidationException', 'StreamName or StreamARN is needed');
    const stream = this.#streams.get(name);
    if (!stream) throw new KinesisError('ResourceNotFoundException', `Stream ${name} not found.`);
    return stream;
  }
}
