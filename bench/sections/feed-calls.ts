import { FeedSimulator } from '#test/cdc-feed/flow/simulator.ts';
import { type FormName, forms, recordsOf } from '../feed/records.ts';
import { printTable, verdict } from '../print.ts';

const changes = 1_000;
const callsMax = 101;

/** Calls of the bus port, each of which is one PutEvents, in batches as the feed's event source mapping makes them. */
export async function feedCalls(): Promise<void> {
  const rows: string[][] = [];
  for (const name of Object.keys(forms) as FormName[]) rows.push(await counted(name));
  printTable(
    `PutEvents for ${changes} changes of as many keys, by full batches`,
    ['record', 'records a batch', 'calls', 'target'],
    rows,
  );
}

async function counted(name: FormName): Promise<string[]> {
  const { feed } = forms[name];
  const batchRecords = feed.batch.records;
  const simulator = new FeedSimulator(feed, { batchRecords }).put(...recordsOf(name, changes));
  const { bus } = (await simulator.run()).ports;
  if (bus.accepted.length !== changes) throw new Error(`${name}: ${bus.accepted.length} events published`);
  return [
    name,
    String(batchRecords),
    String(bus.calls),
    verdict(bus.calls <= callsMax, `at most ${callsMax}`),
  ];
}
