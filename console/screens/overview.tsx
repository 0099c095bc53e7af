import { useState } from 'preact/hooks';
import type { IntegrationState } from '#operate/core/shapes/integrations.ts';
import { useAnswer } from '../api/use-answer.ts';
import { hrefOf } from '../core/route.ts';
import { atLeast, counted, number } from '../core/words.ts';
import { Answered, Empty } from '../ui/answered.tsx';
import { Command } from '../ui/command.tsx';
import { Link } from '../ui/link.tsx';
import { State, StateOf } from '../ui/state.tsx';
import { type Column, Table } from '../ui/table.tsx';
import { Ago, Time } from '../ui/time.tsx';

/** Every integration as a row, and what waits for people. */
export function Overview() {
  const found = useAnswer('listIntegrations', {}, { everySeconds: 5 });
  return (
    <>
      <h1 class="unseen">Overview</h1>
      <Answered of={found} what="integrations">
        {({ integrations }) => (
          <>
            <NeedsYou integrations={integrations} />
            <Integrations integrations={integrations} />
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

function NeedsYou({ integrations }: Props) {
  const waiting = integrations.filter(({ attention }) => attention.length > 0);
  return (
    <section class="needs" aria-labelledby="needs">
      <h2 id="needs">
        {waiting.length === 0
          ? 'Nothing waits for people'
          : `${counted(waiting.length, ['integration needs', 'integrations need'])} you`}
      </h2>
      <ul>
        {waiting.map(({ id, attention }) => (
          <li key={id}>
            <Link to={hrefOf(['integrations', id])}>{id}</Link> {attention.join(', ')}
          </li>
        ))}
      </ul>
    </section>
  );
}

const columns: readonly Column<IntegrationState>[] = [
  { name: 'integration', cell: ({ id }) => <Link to={hrefOf(['integrations', id])}>{id}</Link> },
  { name: 'kind', isExtra: true, cell: ({ kind }) => kind },
  { name: 'state', cell: ({ state }) => <StateOf name={state} /> },
  { name: 'in work', isNumber: true, cell: ({ unsettled }) => unsettled && atLeast(unsettled) },
  {
    name: 'oldest',
    isExtra: true,
    cell: ({ unsettled }) => unsettled?.oldestAt && <Ago at={unsettled.oldestAt} />,
  },
  {
    name: 'dead letters',
    isNumber: true,
    cell: ({ deadLetters, undelivered }) => (undelivered ? atLeast(undelivered) : deadLetters),
  },
  { name: 'open issues', isNumber: true, cell: ({ openIssues }) => openIssues || '' },
  { name: 'received', isNumber: true, cell: ({ books }) => books && number(books.received) },
  { name: 'published', isNumber: true, cell: ({ books }) => books && number(books.tally.published) },
  { name: 'quarantined', isNumber: true, cell: ({ books }) => books && number(books.tally.quarantined) },
  {
    name: 'books',
    cell: ({ books }) =>
      books && <State tone={books.balanced ? 'good' : 'bad'}>{books.balanced ? 'balance' : 'differ'}</State>,
  },
  {
    name: 'next file',
    isExtra: true,
    cell: ({ schedule }) => schedule?.nextDue && <Time at={schedule.nextDue} />,
  },
];

function Integrations({ integrations }: Props) {
  const [text, setText] = useState('');
  const shown = integrations.filter(({ id, kind, partner, state }) =>
    `${id} ${kind} ${partner} ${state}`.includes(text),
  );
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
      </div>
      {shown.length === 0 ? (
        <Empty>No integration is like “{text}”.</Empty>
      ) : (
        <Table caption="Every integration" columns={columns} rows={shown} keyOf={({ id }) => id} />
      )}
    </section>
  );
}
