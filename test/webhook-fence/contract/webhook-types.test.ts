import * as z from 'zod';
import { accept, defineWebhookFence, emit } from '#adapters/webhook-fence/contract/define-webhook-fence.ts';
import type { WebhookFenceSpec } from '#adapters/webhook-fence/contract/webhook-fence.ts';
import { Refusal } from '#shared/contract/field.ts';
import { fenceSpec, paymentConfirmed } from '../flow/fences.ts';

/** What must and must not compile; the type check is the test, and nothing here is run. */
function mustAndMustNotCompile() {
  const schema = z.object({ id: z.string(), cents: z.number(), note: z.string().optional() });
  const events = [paymentConfirmed] as const;

  accept({ schema, events, map: ({ id, cents }) => emit(paymentConfirmed, { paymentId: id, cents }) });
  accept({ schema, events, map: () => new Refusal('OUT_OF_RANGE', 'no') });
  accept({ schema, events, map: () => [] });
  // @ts-expect-error the payload has no such field
  accept({ schema, events, map: ({ amount }) => [amount] });
  // @ts-expect-error a note may be missing
  accept({ schema, events, map: ({ note }) => emit(paymentConfirmed, { paymentId: note, cents: 1 }) });
  // @ts-expect-error a property of the event is missing
  accept({ schema, events, map: ({ id }) => emit(paymentConfirmed, { paymentId: id }) });
  // @ts-expect-error nothing is no answer: an empty list is
  accept({ schema, events, map: () => undefined });
  // @ts-expect-error a condition asks for a field or a header
  accept({ schema, events, when: { is: 'paid' }, map: () => [] });

  // @ts-expect-error a delivery must be named
  const unnamed: WebhookFenceSpec = { ...fenceSpec, idempotency: undefined };
  // @ts-expect-error there is no such provider
  defineWebhookFence({ ...fenceSpec, scheme: 'strype' });
  // @ts-expect-error there is no such option
  defineWebhookFence({ ...fenceSpec, retries: 3 });
  return unnamed;
}

it('contracts of fences are held to their types', () => {
  expect(mustAndMustNotCompile).toBeInstanceOf(Function);
});
