import { Logger } from '@aws-lambda-powertools/logger';
import { lazily } from '#shared/aws/lazily.ts';
import { powertoolsLog } from '#shared/aws/powertools-log.ts';
import { settingsOf } from '#shared/aws/settings.ts';
import { systemClock } from '#shared/aws/system-clock.ts';
import { objectUri } from '#shared/core/outcome/object-uri.ts';
import type { SecretText } from '#shared/ports.ts';
import type { WebhookFencePorts } from '../ports.ts';

const variables = [
  'BUS_NAME',
  'CLAIMS_TABLE',
  'OPERATE_TABLE',
  'RAW_BUCKET',
  'REJECTS_BUCKET',
  'QUARANTINE_BUCKET',
  'SPILL_QUEUE_URL',
  'DEAD_LETTERS_URL',
  'SECRET_ID',
] as const;

type Settings = Readonly<Record<(typeof variables)[number], string>>;

/**
 * A webhook fence's ports on AWS. Call it once for each process, when its module loads. The code of each client loads when first
 * used: a function that never spills does not load the queue's, and the drain does not load the secret's.
 * @throws Error that names every environment variable that is missing.
 */
export function webhookFencePorts(
  env: NodeJS.ProcessEnv,
  { replayHorizonDays }: { readonly replayHorizonDays: number },
): WebhookFencePorts {
  const settings = settingsOf(env, variables);
  const load = loaders(settings, env, replayHorizonDays);
  return {
    ...tablePorts(load.tables),
    ...servicePorts(load),
    files: filesPort(load.files, bucketsOf(settings)),
    web: { ask: async request => (await load.web()).ask(request) },
    clock: systemClock,
    log: powertoolsLog(new Logger()),
  };
}

// Partners cannot reach any folder of a fence.
const bucketsOf = (settings: Settings) => ({
  inbound: '',
  raw: settings.RAW_BUCKET,
  rejects: settings.REJECTS_BUCKET,
  quarantine: settings.QUARANTINE_BUCKET,
});

type Loaders = ReturnType<typeof loaders>;

const loaders = (settings: Settings, env: NodeJS.ProcessEnv, replayHorizonDays: number) => ({
  tables: lazily(async () =>
    (await import('./tables.ts')).webhookTables(
      { claims: settings.CLAIMS_TABLE, operate: settings.OPERATE_TABLE },
      replayHorizonDays,
    ),
  ),
  files: lazily(async () => (await import('./files.ts')).webhookFiles(env, bucketsOf(settings))),
  secrets: lazily(async () => (await import('#shared/aws/secrets.ts')).webhookSecrets(settings.SECRET_ID)),
  bus: lazily(async () => (await import('./bus.ts')).webhookBus(settings.BUS_NAME)),
  web: lazily(async () => (await import('./web.ts')).fetchWeb),
  queues: lazily(async () =>
    (await import('./queue.ts')).webhookQueues(env, {
      spill: settings.SPILL_QUEUE_URL,
      deadLetters: settings.DEAD_LETTERS_URL,
    }),
  ),
});

const tablePorts = (
  tables: Loaders['tables'],
): Pick<WebhookFencePorts, 'once' | 'idClaims' | 'quota' | 'rejectSlots' | 'input'> => ({
  once: {
    run: async (...args) => (await tables()).once.run(...args),
    again: async (...args) => (await tables()).once.again(...args),
    find: async name => (await tables()).once.find(name),
    compare: async claim => (await tables()).once.compare(claim),
  },
  idClaims: {
    claim: async claim => (await tables()).idClaims.claim(claim),
    release: async (...args) => (await tables()).idClaims.release(...args),
    holder: async key => (await tables()).idClaims.holder(key),
  },
  input: { isDisabled: async integration => (await tables()).input.isDisabled(integration) },
  quota: { take: async window => (await tables()).quota.take(window) },
  rejectSlots: {
    take: async (...args) => (await tables()).rejectSlots.take(...args),
    taken: async (...args) => (await tables()).rejectSlots.taken(...args),
  },
});

const servicePorts = (
  load: Loaders,
): Pick<WebhookFencePorts, 'secrets' | 'bus' | 'spillQueue' | 'deadLetters'> => ({
  secrets: { read: () => readLoading(load) },
  bus: { put: async entries => (await load.bus()).put(entries) },
  spillQueue: {
    send: async bodies => (await load.queues()).spill.send(bodies),
    defer: async (...args) => (await load.queues()).spill.defer(...args),
  },
  deadLetters: { keep: async letter => (await load.queues()).deadLetters.keep(letter) },
});

/**
 * Loads what a genuine delivery needs next while the secret is being read. A load that fails is tried again, and reported, when
 * it is used.
 */
async function readLoading({ secrets, tables, files, bus }: Loaders): Promise<SecretText> {
  const source = await secrets();
  const [secret] = await Promise.allSettled([source.read(), tables(), files(), bus()]);
  if (secret.status === 'rejected') throw secret.reason;
  return secret.value;
}

const filesPort = (
  files: Loaders['files'],
  buckets: ReturnType<typeof bucketsOf>,
): WebhookFencePorts['files'] => ({
  head: async object => (await files()).head(object),
  read: async function* (...args) {
    yield* (await files()).read(...args);
  },
  write: async (...args) => (await files()).write(...args),
  uri: object => objectUri(buckets[object.bucket], object),
});
