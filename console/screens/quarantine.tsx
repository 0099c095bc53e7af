import type { QuarantinedUnit } from '#operate/core/shapes/quarantine.ts';
import { useAnswer } from '../api/use-answer.ts';
import { optionsOf } from '../core/command.ts';
import { fileHref, integrationHref, issueHref, quarantineHref } from '../core/places.ts';
import { hrefOf } from '../core/route.ts';
import { visible } from '../core/words.ts';
import { Answered, Empty } from '../ui/answered.tsx';
import { Command } from '../ui/command.tsx';
import { Filters, Pager } from '../ui/filters.tsx';
import { Head } from '../ui/head.tsx';
import { Link, usePlace } from '../ui/link.tsx';
import { type Column, Table } from '../ui/table.tsx';
import { Time } from '../ui/time.tsx';

/** Whose quarantine to look at. */
export function AllQuarantine() {
  const found = useAnswer('listIntegrations', {});
  return (
    <>
      <Head title="Quarantine" />
      <p class="prose">Rows, requests and changes that could not become an event. Choose an integration.</p>
      <Answered of={found} what="integrations">
        {({ integrations }) => (
          <Table
            caption="Integrations"
            columns={[
              { name: 'integration', cell: ({ id }) => <Link to={quarantineHref(id)}>{id}</Link> },
              { name: 'kind', cell: ({ kind }) => kind },
              { name: 'quarantined in 24 h', isNumber: true, cell: ({ books }) => books?.tally.quarantined },
            ]}
            rows={integrations}
            keyOf={({ id }) => id}
          />
        )}
      </Answered>
      <Command of={['status']} />
    </>
  );
}

const columns: readonly Column<QuarantinedUnit>[] = [
  { name: 'place', cell: unit => <Place of={unit} /> },
  { name: 'arrived', isExtra: true, cell: ({ at }) => at && <Time at={at} /> },
  { name: 'code', cell: ({ integration, code }) => <Link to={issueHref(integration, code)}>{code}</Link> },
  {
    name: 'column',
    cell: ({ column }) =>
      column && (
        <code>
          <bdi>{visible(column)}</bdi>
        </code>
      ),
  },
  { name: 'what is wrong', cell: ({ detail }) => <span class="wrap">{visible(detail)}</span> },
  { name: 'remedy', isExtra: true, cell: ({ remedy }) => <span class="wrap">{remedy}</span> },
];

/** Of a row its file, of the others a page of their own. */
function Place({ of: { id, unit, place, integration } }: { readonly of: QuarantinedUnit }) {
  const [handoff = ''] = id.split('#');
  const to = unit === 'row' ? fileHref(handoff) : hrefOf(['units', integration, id]);
  return (
    <Link to={to}>
      <bdi>{visible(place)}</bdi>
    </Link>
  );
}

/** The quarantined units of one integration. */
export function Quarantine({ integration }: { readonly integration: string }) {
  const place = usePlace();
  const { code, id, cursor } = place.query;
  const found = useAnswer('listQuarantine', { integration, code, id, cursor, limit: '100' });
  return (
    <>
      <Head title={integration} under={[['Quarantine', '/quarantine']]}>
        <Link to={integrationHref(integration)}>Integration</Link>
      </Head>
      <Filters
        of={[
          { name: 'code', label: 'Code', hint: 'NOT_A_DATE' },
          { name: 'id', label: 'File, delivery or change' },
        ]}
      />
      <Answered of={found} what="quarantined units">
        {({ units, next }) => (
          <>
            {units.length === 0 ? (
              <Empty>
                {next ? 'None on this page. Go on with the next one.' : 'Nothing is quarantined here.'}
              </Empty>
            ) : (
              <Table
                caption="Quarantined units"
                columns={columns}
                rows={units}
                keyOf={({ object, id: of }) => `${object} ${of}`}
              />
            )}
            <Pager place={place} next={next} />
          </>
        )}
      </Answered>
      <Command of={['quarantine', integration, ...optionsOf({ code, id })]} />
    </>
  );
}
