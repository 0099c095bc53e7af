import type { EventLine } from '#operate/core/shapes/events.ts';
import { eventHref, integrationHref } from '../core/places.ts';
import { visible } from '../core/words.ts';
import { Link } from './link.tsx';
import { type Column, Table } from './table.tsx';
import { Time } from './time.tsx';

const columns = {
  published: { name: 'published', cell: ({ publishedAt }) => <Time at={publishedAt} /> },
  type: {
    name: 'type',
    cell: ({ id, type, publishedAt }) => <Link to={eventHref(id, publishedAt)}>{type}</Link>,
  },
  subject: { name: 'subject', cell: ({ subject }) => <bdi>{visible(subject)}</bdi> },
  tenant: { name: 'tenant', isExtra: true, cell: ({ tenantid }) => <bdi>{visible(tenantid)}</bdi> },
  integration: {
    name: 'integration',
    isExtra: true,
    cell: ({ integration }) => <Link to={integrationHref(integration)}>{integration}</Link>,
  },
  id: { name: 'id', isExtra: true, cell: ({ id }) => <code title={id}>{id.slice(0, 12)}…</code> },
} satisfies Record<string, Column<EventLine>>;

interface Props {
  readonly events: readonly EventLine[];
  /** Columns, in their order. */
  readonly show: readonly (keyof typeof columns)[];
}

/** Events of the bus log, each with a link to its own page. */
export const EventTable = ({ events, show }: Props) => (
  <Table
    caption="Events"
    columns={show.map(name => columns[name])}
    rows={events}
    keyOf={({ object, id }) => `${object} ${id}`}
  />
);
