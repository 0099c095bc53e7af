import { dynamoLedger } from '#adapters/file-lane/aws/dynamo-ledger.ts';
import { handoffOf } from '#adapters/file-lane/aws/handoff-item.ts';
import type { Handoff } from '#adapters/file-lane/core/outcome/handoff.ts';
import type { FileLanePorts } from '#adapters/file-lane/ports.ts';
import { dynamoRowClaims } from '#shared/aws/dynamo-row-claims.ts';
import { DynamoTable } from '#shared/aws/dynamo-table.ts';
import { type DynamoCommand, MemoryDynamo } from '../shared/memory-dynamo.ts';
import { type Process, ServiceFailed } from '../shared/process.ts';

/** As the SDK does by default. */
const attemptsMax = 3;

/** The ledger and the claims of rows as they are on DynamoDB, over tables in memory. Each call to a table can go wrong, not each call of a port. */
export class LaneTables {
  readonly #dynamo = new MemoryDynamo({ ledger: ['pk', 'sk'], rowClaims: ['pk'] });

  /** Every hand-off, in the order opened. */
  handoffs(): readonly Handoff[] {
    return this.#dynamo
      .items('ledger')
      .filter(({ sk }) => sk === 'HANDOFF')
      .map(item => handoffOf(item));
  }

  portsOf(process: Process): Pick<FileLanePorts, 'ledger' | 'rowClaims'> {
    const ledger = dynamoLedger(this.#table('ledger', process), () => process.now());
    const rowClaims = dynamoRowClaims(this.#table('rowClaims', process));
    return { ledger: noted(process, 'ledger', ledger), rowClaims: noted(process, 'rowClaims', rowClaims) };
  }

  #table(name: string, process: Process): DynamoTable {
    const sendOnce = (command: DynamoCommand) =>
      process.call(`${name}.${command.constructor.name}`, [], () => this.#dynamo.send(command));
    const send = async (command: DynamoCommand) => {
      for (let attempt = 1; ; attempt++) {
        try {
          return await sendOnce(command);
        } catch (error) {
          if (!(error instanceof ServiceFailed) || attempt === attemptsMax) throw error;
        }
      }
    };
    return new DynamoTable({ send } as never, name);
  }
}

/** For marks: what each call of the port was asked and answered. */
const noted = <P extends object>(process: Process, name: string, port: P): P =>
  new Proxy(port, {
    get: (target, property) => {
      const value: unknown = Reflect.get(target, property);
      if (typeof value !== 'function') return value;
      return async (...args: unknown[]) => {
        const answer: unknown = await Reflect.apply(value as (...given: unknown[]) => unknown, target, args);
        process.note({ call: `${name}.${String(property)}`, args, answer });
        return answer;
      };
    },
  });
