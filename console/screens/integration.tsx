import type { HandoffLine } from '#operate/core/shapes/handoffs.ts';
import type { IntegrationState } from '#operate/core/shapes/integrations.ts';
import type { RejectLine } from '#operate/core/shapes/rejects.ts';
import { useAnswer } from '../api/use-answer.ts';
import { optionsOf } from '../core/command.ts';
import { fileHref, issueHref, newPlanHref, quarantineHref } from '../core/places.ts';
import { hrefOf } from '../core/route.ts';
import { atLeast, number, visible } from '../core/words.ts';
import { Answered, Empty } from '../ui/answered.tsx';
import { Command } from '../ui/command.tsx';
import { useConsole } from '../ui/console-context.ts';
import { type Fact, Facts } from '../ui/facts.tsx';
import { Filters, Pager } from '../ui/filters.tsx';
import { Head, Part } from '../ui/head.tsx';
import { Link, usePlace } from '../ui/link.tsx';
import { State, StateOf } from '../ui/state.tsx';
import { type Column, Table } from '../ui/table.tsx';
import { Ago, Time } from '../ui/time.tsx';
import { PartnerLinks } from './partner-links.tsx';

/** One integration: how it stands, what waits, and what came. */
export function Integration({ id }: { readonly id: string }) {
  const found = useAnswer('listIntegrations', {}, { everySeconds: 5 });
  return (
    <>
      <Head title={id} under={[['Overview', '/']]} />
      <Answered of={found} what="integration">
        {({ integrations }) => {
          const one = integrations.find(candidate => candidate.id === id);
          return one ? <Known of={one} /> : <Empty>There is no integration “{id}”.</Empty>;
        }}
      </Answered>
    </>
  );
}

function Known({ of }: { readonly of: IntegrationState }) {
  const { id, kind } = of;
  return (
    <>
      {of.attention.length > 0 && (
        <ul class="advice">
          {of.attention.map(what => (
            <li key={what}>{what}</li>
          ))}
        </ul>
      )}
      <Facts of={factsOf(of)} />
      <OpenIssues integration={id} />
      {kind === 'file-lane' && <Files integration={id} />}
      {kind === 'file-lane' && <PartnerLinks integration={id} />}
      {kind === 'webhook-fence' && <Rejects integration={id} />}
      <Plans of={of} />
    </>
  );
}

const factsOf = (of: IntegrationState): readonly Fact[] => [
  ['state', <StateOf key="state" name={of.state} />],
  ['kind', of.kind],
  ['partner', of.partner],
  ['owner', of.owner],
  of.unsettled && [
    'in work',
    <>
      {atLeast(of.unsettled)}
      {of.unsettled.oldestAt && (
        <>
          , the oldest <Ago at={of.unsettled.oldestAt} />
        </>
      )}
    </>,
  ],
  of.books && ['last 24 h', <Balance key="books" books={of.books} />],
  of.deadLetters !== null && [
    'dead letters',
    <Link key="dlq" to={hrefOf(['dead-letters', of.id])}>
      {number(of.deadLetters)}
    </Link>,
  ],
  of.undelivered !== null && [
    'undelivered',
    <Link key="undelivered" to={hrefOf(['dead-letters', of.id])}>
      {atLeast(of.undelivered)}
    </Link>,
  ],
  of.schedule?.nextDue && ['next file', <Time key="due" at={of.schedule.nextDue} />],
  [
    'quarantine',
    <Link key="quarantine" to={quarantineHref(of.id)}>
      Quarantined units
    </Link>,
  ],
  [
    'events',
    <Link key="events" to={hrefOf(['events'], { integration: of.id })}>
      Events on the bus
    </Link>,
  ],
  [
    'contract',
    <Link key="contract" to={hrefOf(['catalogue', 'integrations', of.id])}>
      Catalogue and runbook
    </Link>,
  ],
];

function Balance({ books }: { readonly books: NonNullable<IntegrationState['books']> }) {
  const outcomes = Object.entries(books.tally).filter(([, count]) => count > 0);
  const sum = outcomes.map(([outcome, count]) => `${number(count)} ${outcome}`).join(' + ') || '0';
  return (
    <>
      {number(books.received)} received = {sum}{' '}
      <State tone={books.balanced ? 'good' : 'bad'}>{books.balanced ? 'balance' : 'differ'}</State>
    </>
  );
}

function OpenIssues({ integration }: { readonly integration: string }) {
  const { answer } = useAnswer('listIssues', { integration }, { everySeconds: 5 });
  if (!answer || answer.issues.length === 0) return null;
  return (
    <Part title="Issues">
      <ul class="chips">
        {answer.issues.map(({ code, count, state }) => (
          <li key={code}>
            <Link to={issueHref(integration, code)}>
              {code} <span class="faint">{number(count)}</span> <StateOf name={state} />
            </Link>
          </li>
        ))}
      </ul>
    </Part>
  );
}

const fileColumns: readonly Column<HandoffLine>[] = [
  { name: 'received', cell: ({ receivedAt }) => <Time at={receivedAt} /> },
  {
    name: 'file',
    cell: ({ id, file }) => (
      <Link to={fileHref(id)}>
        <bdi>{visible(file)}</bdi>
      </Link>
    ),
  },
  { name: 'state', cell: ({ state }) => <StateOf name={state} /> },
  { name: 'rows', isNumber: true, cell: ({ received }) => received !== null && number(received) },
  { name: 'published', isNumber: true, cell: ({ tally }) => tally && number(tally.published) },
  { name: 'quarantined', isNumber: true, cell: ({ tally }) => tally && (tally.quarantined || '') },
  {
    name: 'fault',
    cell: ({ integration, fault }) =>
      fault && <Link to={issueHref(integration, fault.code)}>{fault.code}</Link>,
  },
  { name: 'attempts', isNumber: true, isExtra: true, cell: ({ attempts }) => attempts },
];

const fileStates = [
  'awaiting',
  'received',
  'processing',
  'settling',
  'complete',
  'partial',
  'rejected',
  'duplicate',
  'unbalanced',
];

function Files({ integration }: { readonly integration: string }) {
  const place = usePlace();
  const { state, name, from, to, cursor } = place.query;
  const found = useAnswer(
    'listHandoffs',
    { integration, state, name, from, to, cursor },
    { everySeconds: cursor ? undefined : 5 },
  );
  return (
    <Part title="Files">
      <Filters
        of={[
          { name: 'name', label: 'Name begins', hint: 'orders_2026' },
          { name: 'state', label: 'State', values: fileStates },
          { name: 'from', label: 'From', isTime: true },
          { name: 'to', label: 'To', isTime: true },
        ]}
      />
      <Answered of={found} what="files">
        {({ handoffs, next }) => (
          <>
            {handoffs.length === 0 ? (
              <Empty>No file on this page.</Empty>
            ) : (
              <Table caption="Files" columns={fileColumns} rows={handoffs} keyOf={({ id }) => id} />
            )}
            <Pager place={place} next={next} />
          </>
        )}
      </Answered>
      <Command of={['files', integration, ...optionsOf({ state, name, from, to })]} />
    </Part>
  );
}

const rejectColumns: readonly Column<RejectLine>[] = [
  { name: 'received', cell: ({ receivedAt }) => <Time at={receivedAt} /> },
  {
    name: 'reason',
    cell: ({ integration, reason }) => <Link to={issueHref(integration, reason)}>{reason}</Link>,
  },
  { name: 'method', isExtra: true, cell: ({ method }) => method },
  { name: 'bytes', isNumber: true, cell: ({ bytes }) => number(bytes) },
  {
    name: 'id',
    cell: ({ id, integration, object }) => (
      <Link to={hrefOf(['rejects', integration, id], { object })}>
        <code>{id}</code>
      </Link>
    ),
  },
];

function Rejects({ integration }: { readonly integration: string }) {
  const place = usePlace();
  const { from, cursor } = place.query;
  const found = useAnswer('listRejects', { integration, from, cursor });
  return (
    <Part title="Rejected requests">
      <Filters of={[{ name: 'from', label: 'From', isTime: true }]} />
      <Answered of={found} what="rejected requests">
        {({ rejects, next }) => (
          <>
            {rejects.length === 0 ? (
              <Empty>No rejected request on this page.</Empty>
            ) : (
              <Table
                caption="Rejected requests"
                columns={rejectColumns}
                rows={rejects}
                keyOf={({ object }) => object}
              />
            )}
            <Pager place={place} next={next} />
          </>
        )}
      </Answered>
      <Command of={['rejects', integration, ...optionsOf({ from })]} />
    </Part>
  );
}

function Plans({ of: { id, kind } }: { readonly of: IntegrationState }) {
  const { planKinds } = useConsole();
  return (
    <Part title="What can be done">
      <ul class="ways">
        {planKinds
          .filter(({ of }) => of.includes(kind))
          .map(({ name, summary }) => (
            <li key={name}>
              <Link to={newPlanHref({ kind: name, integration: id })}>Plan: {name}</Link>{' '}
              <span class="faint">{summary}</span>
            </li>
          ))}
      </ul>
    </Part>
  );
}
