import { Logger } from '@aws-lambda-powertools/logger';
import { parameterStore } from '#shared/aws/parameter-store.ts';
import { powertoolsLog } from '#shared/aws/powertools-log.ts';
import { settingsOf } from '#shared/aws/settings.ts';
import { systemClock } from '#shared/aws/system-clock.ts';
import type { Clock, Log } from '#shared/ports.ts';

/** What a function needs to know which integrations there are. */
export interface RegistryPorts {
  /** What the stack of each integration registered, in JSON. */
  readonly read: () => Promise<readonly string[]>;
  readonly clock: Clock;
  readonly log: Pick<Log, 'warn'>;
}

/** @throws Error naming the environment variable that is missing */
export function registryPorts(env: NodeJS.ProcessEnv): RegistryPorts {
  const { REGISTRY_PATH } = settingsOf(env, ['REGISTRY_PATH']);
  const store = parameterStore(env);
  return {
    read: () => store.below(REGISTRY_PATH),
    clock: systemClock,
    log: powertoolsLog(new Logger()),
  };
}
