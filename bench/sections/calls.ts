import { readFile } from 'node:fs/promises';
import { MemoryLog } from '#shared/memory/memory-log.ts';
import { type LocalAws, startLocalAws } from '#test/shared/ports/local-aws.ts';
import { benchFile } from '../files.ts';
import { CountingBus } from '../lane/counting-bus.ts';
import { driveLane } from '../lane/drive-lane.ts';
import { HttpCalls } from '../lane/http-calls.ts';
import { dataKey, lanes } from '../lane/lanes.ts';
import { printTable, verdict } from '../print.ts';

type Mode = keyof typeof lanes;
type Counts = ReadonlyMap<string, number>;

const putEvents = 'EventBridge PutEvents';
const rowsOf: Readonly<Record<Mode, number>> = { file: 100_000, row: 5_000 };

/** Calls of the lane's own AWS adapters, as they leave the process, to services on this machine. */
export async function calls(): Promise<void> {
  const aws = await startLocalAws();
  try {
    const file = perThousand(await counted(aws, 'file'), rowsOf.file);
    const row = perThousand(await counted(aws, 'row'), rowsOf.row);
    const names = [...new Set([...file.keys(), ...row.keys()])].sort();
    const rows = names.map(name => [name, shown(file.get(name)), shown(row.get(name))]);
    printTable(
      'Calls for 1,000 clean rows, by what `duplicates` is',
      ['call', `'file' (${rowsOf.file} rows)`, `'row' (${rowsOf.row} rows)`],
      [...rows, ['all but PutEvents', shown(others(file)), shown(others(row))]],
    );
    const isMet = (file.get(putEvents) ?? 0) <= 101 && others(file) <= 5;
    console.log(`'file' ${verdict(isMet, 'at most 101 PutEvents and 5 others')}`);
  } finally {
    await aws.stop();
  }
}

async function counted({ ports }: LocalAws, mode: Mode): Promise<Counts> {
  const { path } = await benchFile(`rows-${rowsOf[mode]}`, { rows: rowsOf[mode] });
  await ports.files.write('inbound', dataKey, await readFile(path), 'text/csv');
  const http = new HttpCalls();
  const bus = new CountingBus();
  http.start();
  await driveLane(lanes[mode], { ...ports, bus, log: new MemoryLog() }, dataKey);
  http.stop();
  return new Map([...http.counts, [putEvents, bus.calls]]);
}

const perThousand = (counts: Counts, rows: number): Counts =>
  new Map([...counts].map(([name, count]) => [name, (count / rows) * 1_000]));

const others = (counts: Counts): number =>
  [...counts].reduce((sum, [name, count]) => sum + (name === putEvents ? 0 : count), 0);

const shown = (count = 0): string => count.toFixed(2);
