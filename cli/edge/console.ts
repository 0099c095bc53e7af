import { once } from 'node:events';
import pc from 'picocolors';
import { localPlace, stagePlace } from '../console/console-place.ts';
import { openConsole } from '../console/open-console.ts';
import { readCloud } from '../demo/cloud.ts';
import type { Command } from './command.ts';
import { Failure } from './failure.ts';

const portMax = 65_535;

export const console_: Command = {
  summary: 'Serve the console: a page on this machine that shows all of it',
  takes: [],
  options: {
    port: { value: '<n>', meaning: 'serve it on this port (default 4680, or a free one)' },
  },
  examples: ['npm run edge -- console', 'npm run edge -- console --stage prod'],
  async run(_, { options: { port }, stage }) {
    if (port !== undefined && !(/^\d+$/.test(port) && Number(port) <= portMax))
      throw new Failure(`--port is a number from 0 to ${portMax}, not "${port}".`, 2);
    const place = stage === undefined ? localPlace(readCloud()) : await stagePlace(stage);
    const { address, stop } = await openConsole(place, port === undefined ? undefined : Number(port));
    console.log(`Console: ${pc.cyan(address)}\nThe address opens it for you alone. Ctrl-C stops it.`);
    await Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')]);
    await stop();
    return { text: 'The console is stopped.', json: { stopped: true } };
  },
};
