import { setTimeout as sleep } from 'node:timers/promises';
import { planKindInfos } from '#cli/console/plan-kind-infos.ts';
import { serveConsole } from '#cli/console/serve-console.ts';
import type { SheetRow } from '#cli/console/sheet-info.ts';
import { bundlePage, consolePage } from '#infra/bundle-page.ts';
import { launchChromium } from '../browser/console-page.ts';

/** `npm run console-scale`: the page with 200 integrations, a busy bus and ten thousand quarantined rows, all of them made up. Prints figures. */
const integrations = Array.from({ length: 200 }, (_, n) => ({
  ...{ id: `partner-${n}-orders`, kind: 'file-lane', owner: 'orders', partner: `Partner ${n}`, state: 'ok' },
  ...{ attention: n % 40 === 0 ? ['1 open issue'] : [], disabled: null, openIssues: n % 40 === 0 ? 1 : 0 },
  ...{ unsettled: { count: n % 7, more: false, oldestAt: null }, books: null, schedule: null },
  ...{ deadLetters: 0, undelivered: null },
}));

const columns = Array.from({ length: 12 }, (_, n) => `column_${n}`);
const rows = Array.from(
  { length: 10_000 },
  (_, n): SheetRow => ({
    ...{ id: `h#${n}`, line: String(n + 2), cells: columns.map(name => `${name} ${n}`), raw: '' },
    ...{ column: 'column_3', code: 'NOT_A_DATE', problem: 'no date', remedy: 'Write a date.' },
  }),
);

/** A thousand events a second: the page asks for the next hundred again and again. */
let event = 0;
const events = () =>
  Array.from({ length: 100 }, () => ({
    ...{ id: `e${event++}`, type: 'orders.order.created.v1', source: 'orders', subject: `A-${event}` },
    ...{ integration: 'partner-1-orders', tenantid: 't', publishedAt: new Date().toISOString(), object: 'o' },
    ...{
      time: '',
      correlationid: 'c',
      causationid: 'c',
      traceparent: '',
      sequence: '1',
      idempotencykey: 'k',
    },
    ...{ externalref: '', rawref: '', rawhash: '', dataschema: '' },
  }));

const searched = { from: new Date().toISOString(), to: new Date().toISOString(), objects: 9, bytes: 9 };
const answers: Readonly<Record<string, () => unknown>> = {
  readConsole: () => ({ region: 'eu-central-1', identities: ['reader'], planKinds: planKindInfos() }),
  listIntegrations: () => ({ integrations }),
  listIssues: () => ({ issues: [], more: false }),
  countEvents: () => ({
    counts: integrations.map(({ id }) => ({
      integration: id,
      at: new Date(Date.now() - 3_600_000).toISOString(),
      events: 5_000,
    })),
    next: null,
  }),
  readReconciliation: () => ({ run: null }),
  listEvents: () => ({ events: events(), searched, next: null }),
  readHandoff: () => ({ integration: 'partner-1-orders', file: 'f.csv' }),
  readSheet: () => ({ file: 'f.csv', columns, rows }),
};

const files = await bundlePage(consolePage);
const bytes = [files.index, ...files.assets.values()].reduce((sum, { body }) => sum + body.length, 0);
const served = await serveConsole({ files, answer: async ({ name }) => answers[name]?.() ?? {} });
const browser = await launchChromium();
const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });

const session = await page.context().newCDPSession(page);
await session.send('Performance.enable', { timeDomain: 'threadTicks' });

/** Processor time of the page's main thread so far, in milliseconds: what else the machine does is not in it. */
async function taskMilliseconds(): Promise<number> {
  const { metrics } = await session.send('Performance.getMetrics');
  return 1_000 * (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? 0);
}

/** What the page does during the work: processor time in all, and moments at which it changed. */
async function measure(name: string, work: () => Promise<void>): Promise<void> {
  await page.evaluate(watch);
  const before = await taskMilliseconds();
  await work();
  const used = Math.round((await taskMilliseconds()) - before);
  const { changes, nodes } = (await page.evaluate(seen)) as {
    readonly changes: number;
    readonly nodes: number;
  };
  process.stdout.write(`${name}: ${used} ms of processor time, ${changes} changes, ${nodes} elements\n`);
}

/** Changes within a tenth of a second are one. */
const watch = `
  window.changes = new Set();
  new MutationObserver(() => window.changes.add(Math.floor(performance.now() / 100)))
    .observe(document.body, { subtree: true, childList: true, characterData: true });
`;
const seen = '({ changes: window.changes.size, nodes: document.querySelectorAll("*").length })';

await page.goto(served.address);
await page.getByText('partner-199-orders').first().waitFor();
const paint = await page.evaluate(
  "Math.round(performance.getEntriesByName('first-contentful-paint')[0].startTime)",
);
process.stdout.write(`compressed: ${bytes} bytes; first paint: ${paint} ms\n`);
await measure('overview of 200 integrations, 15 s', () => sleep(15_000));

const { origin } = new URL(served.address);
await page.goto(`${origin}/events?follow=yes`);
await page.getByText('Following:').waitFor();
await measure('a busy bus that is followed, 15 s', () => sleep(15_000));

await page.goto(`${origin}/sheets/partner-1-orders.${'0'.repeat(40)}`);
await page.getByRole('button', { name: /Show the rows/ }).click();
await page.getByRole('grid').waitFor();
await page.getByRole('grid').hover();
await measure('sheet of 10,000 rows, 100 turns of the wheel', async () => {
  for (let n = 0; n < 100; n++) {
    await page.mouse.wheel(0, 400);
    await page.evaluate('new Promise(done => requestAnimationFrame(done))');
  }
});
await browser.close();
await served.stop();
