import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FileLane } from '#adapters/file-lane/contract/file-lane.ts';
import { fileSampleShape } from '#cli/demo/file-sample-shape.ts';
import { LaneSimulator } from '../file-lane/flow/simulator.ts';
import { inPlace, shownIn } from './blocks.ts';
import invoices from './invoices/contract.ts';

const guide = readFileSync('docs/guides/add-a-partner.md', 'utf8');
const shown = shownIn(guide);
const text = (name: string) => readFileSync(join('test/guides/invoices', name), 'utf8');
const samples = 'integrations/beta-invoices/samples/dirty';

const sample = fileSampleShape.parse(JSON.parse(text('expected.json')));

/** The data files, each with what `sha256sum` writes of it. */
async function dropAll(): Promise<LaneSimulator> {
  const simulator = new LaneSimulator(invoices as FileLane);
  for (const { file } of sample.outcomes) {
    const sum = createHash('sha256').update(text(file)).digest('hex');
    simulator.drop(file, text(file));
    simulator.drop(`${file}.sha256`, `${sum}  ${file}\n`);
  }
  await simulator.run();
  return simulator;
}

describe('the guide to adding a partner', () => {
  it.each([
    ['events/billing/invoice-created.v1.ts', 'invoice-created.v1.ts'],
    ['integrations/beta-invoices/contract.ts', 'contract.ts'],
  ])('shows %s as it is tested here', (path, name) => {
    expect(inPlace(shown(path))).toBe(inPlace(text(name)));
  });

  it.each(['invoices_20261102.csv', 'invoices_20261103.csv', 'expected.json'])(
    'shows the sample’s %s as it is tested here',
    name => {
      expect(shown(`${samples}/${name}`)).toBe(text(name));
    },
  );

  it('links only to what is there', () => {
    const links = [...guide.matchAll(/\]\(([^)#]+)/g)].map(([, link]) => link!);
    expect(links.length).toBeGreaterThan(1);
    for (const link of links) expect(existsSync(join('docs/guides', link))).toBe(true);
  });
});

describe('the lane of the guide', () => {
  it('makes of its sample what the guide expects', async () => {
    const simulator = await dropAll();
    for (const { file, state, tally, fault, rows = [] } of sample.outcomes) {
      const ack = simulator.ack(file) as { fault: { code: string } | null; rejectedRows: object | null };
      expect(ack).toMatchObject({ state, counts: tally });
      expect(ack.fault?.code).toBe(fault);
      if (rows.length > 0) expect(ack.rejectedRows).toMatchObject({ first: rows });
    }
    const events = simulator.events().map(({ type, subject, data }) => ({ type, subject, data }));
    expect(events).toEqual(sample.events);
  });
});
