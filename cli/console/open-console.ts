import { answerCalls } from './answer-call.ts';
import type { ConsolePlace } from './console-place.ts';
import { bundlePage } from './page-files.ts';
import { type RunningConsole, serveConsole } from './serve-console.ts';

/** The same at each start, so that links to places in the page stay good. */
const consolePort = 4680;

export const openConsole = async (place: ConsolePlace, port = consolePort): Promise<RunningConsole> =>
  serveConsole({ files: await bundlePage(), answer: answerCalls(place), port });
