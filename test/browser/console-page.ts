import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';

const tsx = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;

const chromiums = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

const quiet = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** A browser without a window. @throws Error where there is none */
export async function launchChromium(): Promise<Browser> {
  const executablePath = chromiums.find(path => existsSync(path));
  if (!executablePath) throw new Error('There is no Chromium. Install it: apt-get install chromium');
  return chromium.launch({ executablePath, args: quiet });
}

/** The command `npm run edge -- console` beside a local cloud, and a browser that looks at its page. */
export class ConsolePage {
  readonly address: string;
  readonly page: Page;
  /** What the page said that it should not: errors of scripts, and what its policy refused. */
  readonly complaints: string[] = [];
  readonly #command: ChildProcess;
  readonly #browser: Browser;
  readonly context: BrowserContext;

  private constructor(
    address: string,
    command: ChildProcess,
    browser: Browser,
    context: BrowserContext,
    page: Page,
  ) {
    this.address = address;
    this.page = page;
    this.context = context;
    this.#command = command;
    this.#browser = browser;
    page.on('pageerror', error => this.complaints.push(String(error)));
    page.on('console', message => message.type() === 'error' && this.complaints.push(message.text()));
  }

  /** `folder` holds the description of a cloud in `.local`. */
  static async open(folder: string, viewport = { width: 1440, height: 900 }): Promise<ConsolePage> {
    const args = ['--import', tsx, resolve('cli/edge.ts'), 'console', '--port', '0'];
    const env = { ...process.env, NODE_OPTIONS: '', NO_COLOR: '1' };
    const command = spawn(process.execPath, args, { cwd: folder, env, stdio: ['ignore', 'pipe', 'inherit'] });
    const [address, browser] = await Promise.all([printedAddress(command), launchChromium()]);
    // A machine that does other things too may be slow. What never comes ends in the test's own timeout.
    const context = await browser.newContext({ viewport });
    context.setDefaultTimeout(150_000);
    return new ConsolePage(address, command, browser, context, await context.newPage());
  }

  get origin(): string {
    return new URL(this.address).origin;
  }

  /** A page of somebody else, with no session. What it should not say is among the complaints. */
  async stranger(): Promise<Page> {
    const context = await this.#browser.newContext({ viewport: { width: 1200, height: 760 } });
    context.setDefaultTimeout(150_000);
    const page = await context.newPage();
    page.on('pageerror', error => this.complaints.push(String(error)));
    page.on('console', message => message.type() === 'error' && this.complaints.push(message.text()));
    return page;
  }

  async close(): Promise<void> {
    await this.#browser.close();
    this.#command.kill('SIGTERM');
    await once(this.#command, 'exit');
  }
}

/** What comes later is read too: a pipe that nobody reads stops the command. */
function printedAddress(command: ChildProcess): Promise<string> {
  let text = '';
  return new Promise((done, fail) => {
    command.stdout?.on('data', part => {
      text += String(part);
      const [address] = /http:\S+(?=\n)/.exec(text) ?? [];
      if (address) done(address);
    });
    command.once('exit', () => fail(new Error(`the console printed no address: ${text}`)));
  });
}
