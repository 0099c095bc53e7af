import { inertSummary } from './inert-summary.ts';
import { startLocalCloud } from './start-local-cloud.ts';
import { stopOnSignals } from './stop-on-signals.ts';

/** `node --import tsx local/main.ts [assembly] [state] [port]`: the local cloud alone, without the demonstration. */
const [assemblyDir = 'cdk.out', stateDir = '.local', port = '0'] = process.argv.slice(2);
const cloud = await startLocalCloud({ assemblyDir, stateDir, port: Number(port) });
stopOnSignals(cloud);
console.log(inertSummary(cloud.inert));
console.log(`up: ${cloud.description.endpoints.console}`);
