import { Logger } from '@aws-lambda-powertools/logger';
import { objectUri } from '../core/outcome/object-uri.ts';
import type { WebhookFencePorts } from '../ports.ts';
import { powertoolsLog } from './powertools-log.ts';
import { systemClock } from './system-clock.ts';
import { lazily } from './webhook/lazily.ts';

const variables = [
  'BUS_NAME',
  'CLAIMS_TABLE',
  'RAW_BUCKET',
  'QUARANTINE_BUCKET',
  'SPILL_QUEUE_URL',
  'SECRET_ID',
] as const;

type Settings = Readonly<Record<(typeof variables)[number], string>>;

/**
 * A webhook fence's ports on AWS. Call it once a process, when its module loads. Each client's code loads when it is first
 * used, so that a request that is refused costs only what refuses it, and a function that never spills never loads a queue.
 * @throws Error naming every environment variable that is missing.
 */
export function webhookFencePorts(
  env: NodeJS.ProcessEnv,
  fence: { readonly replayHorizonDays: number },
): WebhookFencePorts {
  const settings = settingsOf(env);
  return {
    ...tablePorts(settings, fence.replayHorizonDays),
    ...servicePorts(settings, env),
    clock: systemClock,
    log: powertoolsLog(new Logger()),
  };
}

type TablePorts = Pick<WebhookFencePorts, 'once' | 'idClaims' | 'quota' | 'rejectSlots'>;

function tablePorts({ CLAIMS_TABLE }: Settings, replayHorizonDays: number): TablePorts {
  const tables = lazily(async () =>
    (await import('./webhook/tables.ts')).webhookTables(CLAIMS_TABLE, replayHorizonDays),
  );
  return {
    once: {
      run: async (...args) => (await tables()).once.run(...args),
      find: async name => (await tables()).once.find(name),
    },
    idClaims: {
      claim: async claim => (await tables()).idClaims.claim(claim),
      release: async (...args) => (await tables()).idClaims.release(...args),
    },
    quota: { take: async window => (await tables()).quota.take(window) },
    rejectSlots: {
      take: async (...args) => (await tables()).rejectSlots.take(...args),
      taken: async (...args) => (await tables()).rejectSlots.taken(...args),
    },
  };
}

type ServicePorts = Pick<WebhookFencePorts, 'files' | 'secrets' | 'bus' | 'spillQueue'>;

function servicePorts(settings: Settings, env: NodeJS.ProcessEnv): ServicePorts {
  // A fence has no folder that partners reach.
  const buckets = { inbound: '', raw: settings.RAW_BUCKET, quarantine: settings.QUARANTINE_BUCKET };
  const files = lazily(async () => (await import('./webhook/files.ts')).webhookFiles(env, buckets));
  const secrets = lazily(async () =>
    (await import('./webhook/secrets.ts')).webhookSecrets(settings.SECRET_ID),
  );
  const bus = lazily(async () => (await import('./webhook/bus.ts')).webhookBus(settings.BUS_NAME));
  const queue = lazily(async () =>
    (await import('./webhook/queue.ts')).webhookQueue(env, settings.SPILL_QUEUE_URL),
  );
  return {
    files: {
      head: async object => (await files()).head(object),
      read: async function* (...args) {
        yield* (await files()).read(...args);
      },
      write: async (...args) => (await files()).write(...args),
      uri: object => objectUri(buckets[object.bucket], object),
    },
    secrets: { read: async () => (await secrets()).read() },
    bus: { put: async entries => (await bus()).put(entries) },
    spillQueue: {
      send: async bodies => (await queue()).send(bodies),
      defer: async (...args) => (await queue()).defer(...args),
    },
  };
}

function settingsOf(env: NodeJS.ProcessEnv): Settings {
  const missing = variables.filter(name => !env[name]);
  if (missing.length > 0) throw new Error(`environment variables missing: ${missing.join(', ')}`);
  return env as Settings;
}
