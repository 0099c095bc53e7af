import { gzipSync } from 'node:zlib';
import { account } from '../aws-names.ts';

export interface LogSource {
  readonly logGroup: string;
  /** Each function has one here; on AWS each execution environment has. */
  readonly logStream: string;
  /** Name of the subscription filter. */
  readonly filter: string;
}

/** CloudWatch Logs delivers what came within a few seconds together; nobody waits that long at a laptop. */
const gatherMilliseconds = 200;

/** Gathers lines of one log stream and hands them to a function, as CloudWatch Logs does. */
export class LogDeliveries {
  readonly #source: LogSource;
  readonly #deliver: (payload: string) => void;
  #lines: { readonly id: string; readonly timestamp: number; readonly message: string }[] = [];
  #count = 0;

  constructor(source: LogSource, deliver: (payload: string) => void) {
    this.#source = source;
    this.#deliver = deliver;
  }

  take(message: string, timestamp: number): void {
    if (this.#lines.length === 0) setTimeout(() => this.#send(), gatherMilliseconds).unref();
    // 56 digits that grow with time.
    const id = `${timestamp}${String(this.#count++).padStart(43, '0')}`;
    this.#lines.push({ id, timestamp, message });
  }

  #send(): void {
    const { logGroup, logStream, filter } = this.#source;
    const delivery = {
      ...{ messageType: 'DATA_MESSAGE', owner: account, logGroup, logStream },
      ...{ subscriptionFilters: [filter], logEvents: this.#lines },
    };
    this.#lines = [];
    const data = gzipSync(JSON.stringify(delivery)).toString('base64');
    this.#deliver(JSON.stringify({ awslogs: { data } }));
  }
}
