import { bundlePage, consolePage } from '#infra/bundle-page.ts';
import { answerCalls } from './answer-call.ts';
import type { ConsolePlace } from './console-place.ts';
import { type RunningConsole, serveConsole } from './serve-console.ts';

/** The same at each start, so that links to places in the page stay good. */
const consolePort = 4680;

export const openConsole = async (place: ConsolePlace, port = consolePort): Promise<RunningConsole> =>
  serveConsole({ files: await bundlePage(consolePage), answer: answerCalls(place), port });
