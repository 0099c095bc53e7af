import type { LocalCloud } from './start-local-cloud.ts';

/** Ends the cloud cleanly on SIGINT and SIGTERM; a second signal ends the process at once. */
export function stopOnSignals(cloud: Pick<LocalCloud, 'stop'>): void {
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.once(signal, () => {
      cloud.stop().then(
        () => process.exit(),
        (problem: unknown) => {
          console.error('the local cloud did not stop cleanly:', problem);
          process.exit(1);
        },
      );
    });
}
