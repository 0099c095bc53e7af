import * as z from 'zod';
import { shipmentUpdated } from '#events/fulfilment/shipment-updated.v1.ts';
import { accept, defineWebhookFence, emit, instant, Refusal } from '#kit/webhook-fence';

const { read: readInstant } = instant();

/** The fleet's statuses, and ours. */
const statuses = {
  picked_up: 'picked-up',
  in_transit: 'in-transit',
  delivered: 'delivered',
  failed_attempt: 'exception',
} as const;

export default defineWebhookFence({
  id: 'fleet-shipments',
  purpose: 'Customer service knows the current state of each shipment of the fleet.',
  owner: { team: 'logistics', contact: 'logistics@example.com' },
  partner: { name: 'Fleet', contact: 'developers@fleet.example' },
  authority: 'Fleet owns the state of a shipment from pick-up to delivery.',
  consistency: 'Within seconds, in any order. Fleet repeats a delivery for three days until it is answered.',
  schemaVersion: '1.0',
  trust: 'authoritative',
  tenant: { from: '/data/tenant', allowed: ['acme', 'globex'] },
  scheme: 'standard-webhooks',
  idempotency: { key: 'delivery-id' },
  sequenceFrom: '/data/occurred_at',
  secrets: {
    rotationDays: 180,
    sharedByTenants: { reason: 'The fleet signs the deliveries of both tenants with one secret.' },
  },
  tenantQuota: { requests: 3_000, perSeconds: 60 },
  throttle: { ratePerSecond: 200, burst: 400 },
  accepts: [
    accept({
      when: { field: '/type', is: 'shipment.updated' },
      schema: z.object({
        data: z.object({
          shipment_id: z.string().min(1),
          status: z.enum(['picked_up', 'in_transit', 'delivered', 'failed_attempt']),
          carrier: z.string().min(1),
          tracking_number: z.string().min(1),
          occurred_at: z.string(),
        }),
      }),
      events: [shipmentUpdated],
      map: ({ data }) => {
        const occurredAt = readInstant(data.occurred_at);
        if (occurredAt instanceof Refusal) return occurredAt;
        return emit(shipmentUpdated, {
          shipmentId: data.shipment_id,
          status: statuses[data.status],
          carrier: data.carrier,
          trackingNumber: data.tracking_number,
          occurredAt,
        });
      },
    }),
  ],
  skips: [{ reason: 'The fleet sends a ping to test the address.', when: { field: '/type', is: 'ping' } }],
});
