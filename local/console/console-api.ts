import { createReadStream, existsSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import type { CloudDescription } from '../cloud-description.ts';
import type { Tables } from '../dynamodb/tables.ts';
import { sendText } from '../http.ts';
import type { Functions } from '../lambda/functions.ts';
import type { Scheduler } from '../scheduler/scheduler.ts';
import type { EventLog } from './event-log.ts';
import { handoffs } from './handoffs.ts';

export interface ConsoleParts {
  readonly description: CloudDescription;
  readonly events: EventLog;
  readonly tables: Tables;
  readonly functions: Functions;
  readonly scheduler: Scheduler;
}

type Page = (parts: ConsoleParts, url: URL, response: ServerResponse) => Promise<void> | void;

const pages: Readonly<Record<string, Page>> = {
  '/': overview,
  '/events': showEvents,
  '/handoffs': showHandoffs,
  '/logs': showLog,
  '/schedules': showSchedules,
};

/** What changes something, so that no link or prefetch does it. */
const posts: Readonly<Record<string, Page>> = { '/schedules': fireSchedule };

/** Plain HTTP for people and tests. */
export function consoleApi(parts: ConsoleParts) {
  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const url = new URL(request.url ?? '/', 'http://console');
    const named = request.method === 'POST' ? posts : pages;
    const page = Object.hasOwn(named, url.pathname) ? named[url.pathname] : undefined;
    if (request.method !== 'GET' && page === undefined)
      sendText(response, 405, 'The console only answers GET here; sign requests to services.\n');
    else if (page) await page(parts, url, response);
    else sendText(response, 404, `No such page. There are: ${Object.keys(pages).join(' ')}\n`);
  };
}

function overview({ description, events, functions }: ConsoleParts, _: URL, response: ServerResponse): void {
  const lanes = description.lanes.map(
    lane => `  ${lane.id}: drop into s3://${description.buckets.inbound}/${lane.inPrefix}`,
  );
  const lines = [
    `Edge Adapters, local cloud (process ${description.pid}, ${description.region})`,
    '',
    'Lanes',
    ...lanes,
    '',
    'Fences',
    ...description.fences.map(({ id, url, scheme }) => `  ${id}: POST to ${url} (${scheme})`),
    '',
    'Feeds',
    ...description.feeds.map(({ id, kind, stream }) => `  ${id}: reads ${stream} (${kind})`),
    '',
    `${events.length} events on ${description.bus}`,
    '',
    'For people: npm run edge -- console',
    '',
    '  /events?after=N&follow=1   events, JSON Lines',
    '  /handoffs                  files and their books, JSON Lines',
    '  /schedules                 schedules and when each is due, JSON Lines; POST /schedules?fire=NAME runs one now',
    ...functions.names.map(name => `  /logs?function=${name}`),
    '',
  ];
  sendText(response, 200, lines.join('\n'));
}

async function showEvents({ events }: ConsoleParts, url: URL, response: ServerResponse): Promise<void> {
  const after = Number(url.searchParams.get('after') ?? 0);
  if (!Number.isInteger(after) || after < 0) {
    sendText(response, 400, 'after must be a whole number from 0\n');
    return;
  }
  const gone = new AbortController();
  response.on('close', () => gone.abort());
  response.writeHead(200, { 'content-type': 'application/x-ndjson' });
  response.flushHeaders();
  const lines = events.read(after, url.searchParams.get('follow') === '1', gone.signal);
  try {
    await pipeline(lines, response);
  } catch (problem) {
    if (!gone.signal.aborted) throw problem;
  }
}

async function showHandoffs(parts: ConsoleParts, _: URL, response: ServerResponse): Promise<void> {
  response.writeHead(200, { 'content-type': 'application/x-ndjson' });
  const lanes = parts.description.lanes.map(({ id }) => id);
  for await (const handoff of handoffs(parts.tables, parts.description.tables.ledger, lanes))
    response.write(`${JSON.stringify(handoff)}\n`);
  response.end();
}

function showSchedules({ scheduler }: ConsoleParts, _: URL, response: ServerResponse): void {
  response.writeHead(200, { 'content-type': 'application/x-ndjson' });
  response.end(
    scheduler
      .due(Date.now())
      .map(due => `${JSON.stringify(due)}\n`)
      .join(''),
  );
}

async function fireSchedule({ scheduler }: ConsoleParts, url: URL, response: ServerResponse): Promise<void> {
  const name = url.searchParams.get('fire') ?? '';
  if (scheduler.due(Date.now()).every(schedule => schedule.name !== name)) {
    sendText(response, 404, `No schedule is called "${name}". GET /schedules lists them.\n`);
    return;
  }
  await scheduler.fire(name);
  sendText(response, 200, `${name} was fired.\n`);
}

async function showLog({ functions }: ConsoleParts, url: URL, response: ServerResponse): Promise<void> {
  const name = url.searchParams.get('function') ?? '';
  const path = functions.names.includes(name) ? functions.logPath(name) : undefined;
  if (path === undefined || !existsSync(path)) {
    sendText(response, 404, `There is no log of "${name}". Functions: ${functions.names.join(' ')}\n`);
    return;
  }
  response.writeHead(200, { 'content-type': 'text/plain; charset=utf-8' });
  await pipeline(createReadStream(path), response);
}
