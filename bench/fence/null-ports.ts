import type { WebhookFencePorts } from '#adapters/webhook-fence/ports.ts';
import { CountingBus } from '../lane/counting-bus.ts';
import { receivedAt, secretText } from './requests.ts';

const nothingFound = { value: undefined, isAtWork: false, mayBePublished: false };

/** Ports that take everything and do nothing, so that what is measured is the fence's own work. Every delivery is new. */
export function nullPorts(): WebhookFencePorts & { readonly bus: CountingBus } {
  return {
    files: {
      head: async () => undefined,
      read: async function* () {},
      write: async (bucket, key) => ({ bucket, key }),
      uri: ({ bucket, key }) => `s3://${bucket}/${key}`,
    },
    once: {
      run: async (_, work) => ({ kind: 'first', value: await work(() => undefined) }),
      again: async (_, __, work) => ({ kind: 'first', value: await work(() => undefined) }),
      find: async () => nothingFound,
      compare: async () => ({ ...nothingFound, isSame: false }),
    },
    idClaims: { claim: async () => 'mine', release: async () => {}, holder: async () => undefined },
    secrets: {
      read: async () => ({ text: secretText, version: '1', changedAt: receivedAt, isGenerated: false }),
    },
    quota: { take: async () => ({ kind: 'taken' }) },
    rejectSlots: { take: async () => 'full', taken: async () => ({}) },
    bus: new CountingBus(),
    spillQueue: { send: async () => {}, defer: async () => {} },
    deadLetters: { keep: async () => {} },
    web: { ask: async () => ({ status: 404, text: '' }) },
    input: { isDisabled: async () => false },
    clock: { now: () => receivedAt, sleep: async () => {}, random: () => 0.5 },
    log: { info() {}, warn() {}, error: (event, fields) => console.error(event, fields) },
  };
}
