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

/** Counts long tasks, and moments at which the page changed, from now on. */
const watch = `
  window.long = []; window.changes = new Set();
  new PerformanceObserver(list => window.long.push(...list.getEntries().map(({ duration }) => Math.round(duration)))).observe({ type: 'longtask' });
  new MutationObserver(() => window.changes.add(Math.floor(performance.now() / 100))).observe(document.body, { subtree: true, childList: true, characterData: true });
`;
const measured = async () =>
  (await page.evaluate(
    '({ long: window.long, changes: window.changes.size, nodes: document.querySelectorAll("*").length })',
  )) as {
    readonly long: readonly number[];
    readonly changes: number;
    readonly nodes: number;
  };

await page.goto(served.address);
await page.getByText('partner-199-orders').first().waitFor();
const paint = await page.evaluate(
  "Math.round(performance.getEntriesByName('first-contentful-paint')[0].startTime)",
);
process.stdout.write(`compressed: ${bytes} bytes; first paint: ${paint} ms\n`);

await page.evaluate(watch);
await sleep(15_000);
const calm = await measured();
process.stdout.write(
  `overview of 200 integrations, 15 s: ${calm.changes} moments of change, long tasks: ${calm.long.join(' ') || 'none'} ms, ${calm.nodes} elements\n`,
);

await page.goto(`${new URL(served.address).origin}/events?follow=yes`);
await page.getByText('Following:').waitFor();
await page.evaluate(watch);
await sleep(15_000);
const live = await measured();
process.stdout.write(
  `follow live, 15 s: ${live.changes} moments of change, long tasks: ${live.long.join(' ') || 'none'} ms, ${live.nodes} elements\n`,
);

await page.goto(`${new URL(served.address).origin}/sheets/partner-1-orders.${'0'.repeat(40)}`);
await page.getByRole('button', { name: /Show the rows/ }).click();
await page.getByRole('grid').waitFor();
await page.evaluate(watch);
await page.getByRole('grid').hover();
for (let n = 0; n < 100; n++) {
  await page.mouse.wheel(0, 2_400);
  await page.evaluate('new Promise(done => requestAnimationFrame(done))');
}
const sheet = await measured();
process.stdout.write(
  `sheet of 10,000 rows, 100 turns of the wheel: long tasks: ${sheet.long.join(' ') || 'none'} ms, ${sheet.nodes} elements\n`,
);
await browser.close();
await served.stop();
