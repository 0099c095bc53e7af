import { applyWhenNewer } from '#shared/consumer/apply-when-newer.ts';
import type { SequencedEvent } from '#shared/consumer/sequenced-event.ts';
import type { VersionStore } from '#shared/consumer/version-store.ts';

interface Customer {
  readonly customerId: string;
  readonly email: string;
  readonly fullName: string;
  /** Left out where the log did not carry it: it is as it was. */
  readonly contact?: object | null;
}

interface CustomerEvent extends SequencedEvent {
  readonly type: string;
  readonly data: Customer;
}

/** Keeps customers as the CRM has them, whatever the order in which its events come, and however often. */
export const customerMirror =
  (customers: VersionStore<object | null>) =>
  async ({ detail }: { readonly detail: CustomerEvent }): Promise<void> => {
    const { contact, ...profile } = detail.data;
    const isGone = detail.type === 'customers.customer.deleted.v1';
    await applyWhenNewer(customers, detail, () => (isGone ? undefined : profile));
    // What may be left out is a part with a sequence of its own, so that an event without it settles nothing about it.
    if (isGone || contact !== undefined)
      await applyWhenNewer(customers, detail, () => (isGone ? undefined : (contact ?? null)), 'contact');
  };
