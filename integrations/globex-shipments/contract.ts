import { shipmentUpdated } from '#events/fulfilment/shipment-updated.v1.ts';
import { defineFileLane, emit, instant, oneOf, text } from '#kit/file-lane';

export default defineFileLane({
  id: 'globex-shipments',
  purpose: 'Customer service knows the last reported state of each shipment with Globex’s carriers.',
  owner: { team: 'logistics', contact: 'logistics@example.com' },
  partner: { name: 'Globex Logistics', contact: 'integration@globex.example' },
  authority: 'Globex owns the state of a shipment from pick-up to delivery.',
  consistency: 'Files overlap and arrive in any order. Each state of a shipment is published once.',
  schemaVersion: '1.0',
  trust: 'authoritative',
  tenant: { constant: 'globex' },
  delivery: { folder: 'globex', name: 'shipments-{digits}.tsv' },
  format: { delimiter: '\t' },
  columns: {
    shipment_id: text({ max: 40 }),
    status: oneOf({ PU: 'picked-up', IT: 'in-transit', DL: 'delivered', EX: 'exception' }),
    event_time: instant(),
    carrier: text({ max: 60 }),
    tracking_no: text({ max: 60 }),
  },
  key: ['shipment_id'],
  version: 'event_time',
  duplicates: 'row',
  maxInvalidShare: 1,
  events: [shipmentUpdated],
  map: row =>
    emit(shipmentUpdated, {
      shipmentId: row.shipment_id,
      status: row.status,
      carrier: row.carrier,
      trackingNumber: row.tracking_no,
      occurredAt: row.event_time,
    }),
});
