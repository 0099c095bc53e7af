import type { ComponentChildren } from 'preact';
import { useMemo, useState } from 'preact/hooks';
import type { IntegrationState } from '#operate/core/shapes/integrations.ts';
import { useAnswer } from '../api/use-answer.ts';
import { type Rates, useRates } from '../api/use-rates.ts';
import { integrationHref, issueHref } from '../core/places.ts';
import { hrefOf } from '../core/route.ts';
import { byNeed, type Standing, standingOf } from '../core/standing.ts';
import { atLeast, counted, number } from '../core/words.ts';
import { Answered, Empty } from '../ui/answered.tsx';
import { Bars } from '../ui/bars.tsx';
import { Command } from '../ui/command.tsx';
import { Link } from '../ui/link.tsx';
import { Spark } from '../ui/spark.tsx';
import { State, type Tone } from '../ui/state.tsx';
import { type Column, Table } from '../ui/table.tsx';
import { Ago, Time } from '../ui/time.tsx';

/** Every integration as a row, and what waits for people. */
export function Overview() {
  const found = useAnswer('listIntegrations', {}, { everySeconds: 5 });
  const rates = useRates();
  return (
    <>
      <h1 class="unseen">Overview</h1>
      <Answered of={found} what="integrations">
        {({ integrations }) => (
          <>
            <Sums integrations={integrations} rates={rates} />
            <div class="columns wide">
              <NeedsYou integrations={integrations} />
              <Activity rates={rates} />
            </div>
            <Integrations integrations={integrations} rates={rates} />
          </>
        )}
      </Answered>
      <Command of={['status']} />
    </>
  );
}

interface Props {
  readonly integrations: readonly IntegrationState[];
}

interface WithRates extends Props {
  readonly rates: Rates;
}

const sum = (values: readonly number[]): number => values.reduce((all, value) => all + value, 0);

/** The few numbers that say whether to look further. */
function Sums({ integrations, rates }: WithRates) {
  const waiting = integrations.filter(({ attention }) => attention.length > 0).length;
  const letters = sum(
    integrations.map(({ deadLetters, undelivered }) => (deadLetters ?? 0) + (undelivered?.count ?? 0)),
  );
  const issues = sum(integrations.map(({ openIssues }) => openIssues));
  const [oldest] = integrations.flatMap(({ unsettled }) => unsettled?.oldestAt ?? []).sort();
  return (
    <dl class="sums">
      <Sum name="need you" isBad={waiting > 0}>
        {number(waiting)} <small>of {number(integrations.length)}</small>
      </Sum>
      <Sum name="open issues" to="/issues" isBad={issues > 0}>
        {number(issues)}
      </Sum>
      <Sum name="dead letters" to="/dead-letters" isBad={letters > 0}>
        {number(letters)}
      </Sum>
      <Sum name="oldest waiting">{oldest ? <Ago at={oldest} /> : 'nothing waits'}</Sum>
      <Sum name="events, last hour" to="/events">
        {rates.rates ? number(sum(rates.rates.total.slice(-4))) : '…'}
      </Sum>
    </dl>
  );
}

interface SumProps {
  readonly name: string;
  readonly to?: string;
  readonly isBad?: boolean;
  readonly children: ComponentChildren;
}

const Sum = ({ name, to, isBad, children }: SumProps) => (
  <div class={isBad ? 'bad' : undefined}>
    <dt>{to ? <Link to={to}>{name}</Link> : name}</dt>
    <dd>{children}</dd>
  </div>
);

const shownIssues = 6;

/** What broke last, and the integrations that wait for something else than an issue. */
function NeedsYou({ integrations }: Props) {
  const { answer } = useAnswer('listIssues', { state: 'open' }, { everySeconds: 5 });
  const others = integrations.flatMap(({ id, attention }) =>
    attention.filter(what => !/open issue/.test(what)).map(what => ({ id, what })),
  );
  const issues = answer?.issues ?? [];
  const isCalm = others.length === 0 && issues.length === 0;
  return (
    <section class="panel" aria-labelledby="needs">
      <h2 id="needs">{isCalm ? 'Nothing needs you' : 'Needs you'}</h2>
      {isCalm && <Empty>All books balance, nothing waits, and no issue is open.</Empty>}
      <ul class="rows">
        {others.map(({ id, what }) => (
          <li key={`${id} ${what}`}>
            <State tone="bad">{what}</State>
            <Link to={integrationHref(id)}>{id}</Link>
          </li>
        ))}
        {issues.slice(0, shownIssues).map(({ integration, code, count, lastSeen }) => (
          <li key={`${integration} ${code}`}>
            <Link to={issueHref(integration, code)}>{code}</Link>
            <span class="faint">{integration}</span>
            <span class="number">{number(count)}</span>
            <span class="faint when">
              <Ago at={lastSeen} />
            </span>
          </li>
        ))}
      </ul>
      {issues.length > shownIssues && (
        <p>
          <Link to={hrefOf(['issues'], { state: 'open' })}>
            {counted(issues.length, ['open issue', 'open issues'])}
          </Link>
        </p>
      )}
    </section>
  );
}

/** Events on the bus over the last hours. */
function Activity({ rates: { rates, isCut, problem } }: { readonly rates: Rates }) {
  return (
    <section class="panel" aria-labelledby="activity">
      <h2 id="activity">
        Events on the bus <span class="faint">last 6 hours, by 15 minutes</span>
      </h2>
      {problem && <p class="refusal">{problem.message}</p>}
      {!rates && !problem && (
        <p class="waiting" role="status">
          Counting…
        </p>
      )}
      {rates && <Bars starts={rates.starts} values={rates.total} name="Events on the bus" />}
      {isCut && (
        <p class="faint">There are more than are read for this chart: its newest spans are not complete.</p>
      )}
    </section>
  );
}

const tones: Readonly<Record<Standing, Tone>> = {
  healthy: 'good',
  'has issues': 'warn',
  behind: 'warn',
  silent: 'bad',
  disabled: 'warn',
  failing: 'bad',
  'not deployed': 'calm',
};

const zero = (value: number | string | null | undefined) =>
  value === 0 || value === '0' ? <span class="faint">0</span> : value;

const columnsOf = (rates: Rates, now: number): readonly Column<IntegrationState>[] => [
  { name: 'integration', cell: ({ id }) => <Link to={integrationHref(id)}>{id}</Link> },
  { name: 'kind', isExtra: true, cell: ({ kind }) => <span class="faint">{kind}</span> },
  {
    name: 'state',
    cell: one => {
      const standing = standingOf(one, now);
      return <State tone={tones[standing]}>{standing}</State>;
    },
  },
  {
    name: 'events, 6 h',
    isExtra: true,
    cell: ({ id }) =>
      rates.rates && (
        <Spark
          values={rates.rates.byIntegration.get(id) ?? rates.rates.starts.map(() => 0)}
          name={`Events of ${id}`}
        />
      ),
  },
  { name: 'issues', isNumber: true, cell: ({ openIssues }) => zero(openIssues) },
  {
    name: 'dead letters',
    isNumber: true,
    cell: ({ deadLetters, undelivered }) => zero(undelivered ? atLeast(undelivered) : deadLetters),
  },
  {
    name: 'in work',
    isNumber: true,
    isExtra: true,
    cell: ({ unsettled }) => zero(unsettled && atLeast(unsettled)),
  },
  { name: 'received', isNumber: true, cell: ({ books }) => books && zero(number(books.received)) },
  { name: 'published', isNumber: true, cell: ({ books }) => books && zero(number(books.tally.published)) },
  {
    name: 'quarantined',
    isNumber: true,
    isExtra: true,
    cell: ({ books }) => books && zero(number(books.tally.quarantined)),
  },
  {
    name: 'books, 24 h',
    cell: ({ books }) =>
      books && <State tone={books.balanced ? 'good' : 'bad'}>{books.balanced ? 'balance' : 'differ'}</State>,
  },
  {
    name: 'next file',
    isExtra: true,
    cell: ({ schedule }) => schedule?.nextDue && <Time at={schedule.nextDue} />,
  },
];

function Integrations({ integrations, rates }: WithRates) {
  const [text, setText] = useState('');
  const now = Date.now();
  const columns = useMemo(() => columnsOf(rates, now), [rates, integrations]);
  const shown = integrations
    .filter(({ id, kind, partner, owner }) =>
      `${id} ${kind} ${partner} ${owner}`.toLowerCase().includes(text.toLowerCase()),
    )
    .toSorted((a, b) => byNeed(standingOf(a, now), standingOf(b, now)));
  return (
    <section aria-labelledby="all">
      <div class="line">
        <h2 id="all">Integrations</h2>
        <input
          type="search"
          aria-label="Filter integrations"
          placeholder="Filter"
          value={text}
          onInput={event => setText(event.currentTarget.value)}
        />
        <span class="faint">
          {shown.length < integrations.length && `${number(shown.length)} of ${number(integrations.length)}`}
        </span>
      </div>
      {shown.length === 0 ? (
        <Empty>No integration is like “{text}”.</Empty>
      ) : (
        <Table caption="Every integration" columns={columns} rows={shown} keyOf={({ id }) => id} />
      )}
    </section>
  );
}
