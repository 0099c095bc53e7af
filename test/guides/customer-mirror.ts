import { applyWhenNewer } from '#shared/consumer/apply-when-newer.ts';
import type { SequencedEvent } from '#shared/consumer/sequenced-event.ts';
import type { VersionStore } from '#shared/consumer/version-store.ts';

interface Customer {
  readonly customerId: string;
  readonly email: string;
  readonly fullName: string;
  /** Absent if the log did not contain it: it is unchanged. */
  readonly contact?: object | null;
}

interface CustomerEvent extends SequencedEvent {
  readonly type: string;
  readonly data: Customer;
}

/** Keeps the customers of the CRM, in whatever order and however often its events arrive. */
export const customerMirror =
  (customers: VersionStore<object | null>) =>
  async ({ detail }: { readonly detail: CustomerEvent }): Promise<void> => {
    const { contact, ...profile } = detail.data;
    const isGone = detail.type === 'customers.customer.deleted.v1';
    await applyWhenNewer(customers, detail, () => (isGone ? undefined : profile));
    // A property that can be absent is a part with its own sequence, so an event without it does not affect it.
    if (isGone || contact !== undefined)
      await applyWhenNewer(customers, detail, () => (isGone ? undefined : (contact ?? null)), 'contact');
  };
