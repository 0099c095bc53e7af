import type { EventInfo, IntegrationInfo } from '#cli/console/catalogue-info.ts';
import { useAnswer } from '../api/use-answer.ts';
import { integrationHref } from '../core/places.ts';
import { hrefOf } from '../core/route.ts';
import { number } from '../core/words.ts';
import { Answered, Empty } from '../ui/answered.tsx';
import { Copy } from '../ui/copy.tsx';
import { Facts } from '../ui/facts.tsx';
import { Head, Part } from '../ui/head.tsx';
import { Link } from '../ui/link.tsx';
import { Table } from '../ui/table.tsx';

const eventHref = (type: string): string => hrefOf(['catalogue', 'events', type]);
const contractHref = (id: string): string => hrefOf(['catalogue', 'integrations', id]);
const under = [['Catalogue', '/catalogue']] as const;

/** Events and integrations, as the contracts of this repository say. */
export function Catalogue() {
  const found = useAnswer('readCatalogue', {});
  return (
    <>
      <Head title="Catalogue" />
      <Answered of={found} what="catalogue">
        {({ events, integrations }) => (
          <>
            <Part title="Events">
              <Table
                caption="Events"
                columns={[
                  { name: 'type', cell: ({ type }: EventInfo) => <Link to={eventHref(type)}>{type}</Link> },
                  {
                    name: 'what it says',
                    isExtra: true,
                    cell: ({ summary }) => <span class="wrap">{summary}</span>,
                  },
                  { name: 'owner', isExtra: true, cell: ({ owner }) => owner },
                  {
                    name: 'within',
                    isNumber: true,
                    cell: ({ publishedWithinSeconds }) => `${number(publishedWithinSeconds)} s`,
                  },
                  {
                    name: 'personal',
                    isNumber: true,
                    cell: ({ fields }) => fields.filter(({ pii }) => pii).length || '',
                  },
                  { name: 'published by', cell: ({ producers }) => <Producers of={producers} /> },
                ]}
                rows={events}
                keyOf={({ type }) => type}
              />
            </Part>
            <Part title="Integrations">
              <Table
                caption="Integrations"
                columns={[
                  {
                    name: 'integration',
                    cell: ({ id }: IntegrationInfo) => <Link to={contractHref(id)}>{id}</Link>,
                  },
                  { name: 'kind', cell: ({ kind }) => kind },
                  { name: 'partner', cell: ({ partner }) => partner },
                  {
                    name: 'purpose',
                    isExtra: true,
                    cell: ({ purpose }) => <span class="wrap">{purpose}</span>,
                  },
                  { name: 'owner', isExtra: true, cell: ({ owner }) => owner },
                ]}
                rows={integrations}
                keyOf={({ id }) => id}
              />
            </Part>
          </>
        )}
      </Answered>
    </>
  );
}

const Producers = ({ of }: { readonly of: readonly string[] }) => (
  <span class="wrap">
    {of.length === 0 && 'the suite itself'}
    {of.map((id, n) => (
      <span key={id}>
        {n > 0 && ', '}
        <Link to={contractHref(id)}>{id}</Link>
      </span>
    ))}
  </span>
);

/** One event: its fields, with personal data marked, and an example. */
export function CatalogueEvent({ type }: { readonly type: string }) {
  const found = useAnswer('readCatalogue', {});
  return (
    <>
      <Head title={type} under={under}>
        <Link to={hrefOf(['events'], { type })}>On the bus</Link>
      </Head>
      <Answered of={found} what="event">
        {({ events }) => {
          const event = events.find(one => one.type === type);
          return event ? (
            <EventFacts of={event} />
          ) : (
            <Empty>No contract of this repository has the event “{type}”.</Empty>
          );
        }}
      </Answered>
    </>
  );
}

const EventFacts = ({ of }: { readonly of: EventInfo }) => (
  <>
    <p class="lead">{of.summary}</p>
    <Facts
      of={[
        ['owner', of.owner],
        ['kind', of.category],
        ['version', of.version],
        ['on the bus within', `${number(of.publishedWithinSeconds)} s after arrival`],
        ['replay', of.archiveDays > 0 ? `${number(of.archiveDays)} days` : 'not archived'],
        ['published by', <Producers key="by" of={of.producers} />],
      ]}
    />
    <Part title="Data">
      <Table
        caption="Fields"
        columns={[
          { name: 'field', cell: ({ path }) => <code>{path}</code> },
          { name: 'type', cell: ({ type }) => type },
          { name: 'required', cell: ({ required }) => (required ? 'yes' : 'no') },
          { name: 'personal data', cell: ({ pii }) => pii && <span class="tag">{pii}</span> },
        ]}
        rows={of.fields}
        keyOf={({ path }) => path}
      />
    </Part>
    <Part title="Example">
      <div class="sheet">
        <Copy text={of.example} />
        <pre>{of.example}</pre>
      </div>
    </Part>
  </>
);

/** What one contract says. */
export function CatalogueIntegration({ id }: { readonly id: string }) {
  const found = useAnswer('readCatalogue', {});
  return (
    <>
      <Head title={id} under={under}>
        <Link to={integrationHref(id)}>How it stands</Link>
      </Head>
      <Answered of={found} what="contract">
        {({ integrations }) => {
          const one = integrations.find(candidate => candidate.id === id);
          if (!one) return <Empty>No contract of this repository has the id “{id}”.</Empty>;
          return (
            <>
              <p class="lead">{one.purpose}</p>
              <Part title="Events">
                <ul class="ways">
                  {one.events.map(type => (
                    <li key={type}>
                      <Link to={eventHref(type)}>{type}</Link>
                    </li>
                  ))}
                </ul>
              </Part>
              <Part title="Contract">
                <Facts of={one.contract.map(([name, value]) => [name, value.replaceAll('`', '')] as const)} />
              </Part>
              <p class="faint">
                Its runbook is <code>docs/runbooks/{id}.md</code>, its guide for the partner{' '}
                <code>docs/partners/{id}.md</code>.
              </p>
            </>
          );
        }}
      </Answered>
    </>
  );
}
