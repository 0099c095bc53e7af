import { useEffect, useState } from 'preact/hooks';
import type { OutputOf } from '#operate/core/operations.ts';
import type { HandoffLine } from '#operate/core/shapes/handoffs.ts';
import { ask, type Refusal } from '../api/ask.ts';
import { useAnswer } from '../api/use-answer.ts';
import { type BookDay, bookDays } from '../core/book-days.ts';
import { fileHref, integrationHref } from '../core/places.ts';
import { hrefOf } from '../core/route.ts';
import { number, visible } from '../core/words.ts';
import { Answered, Empty } from '../ui/answered.tsx';
import { Command } from '../ui/command.tsx';
import { Head, Part } from '../ui/head.tsx';
import { go, Link, usePlace } from '../ui/link.tsx';
import { Problem } from '../ui/problem.tsx';
import { State, StateOf } from '../ui/state.tsx';
import { type Column, Table } from '../ui/table.tsx';

/** Received to published, by integration and day, and whether the bus proves it. */
export function Books() {
  const { parts, query } = usePlace();
  const found = useAnswer('listIntegrations', {});
  return (
    <>
      <Head title="Books" />
      <p class="prose">
        What was received is the sum of its outcomes: published, duplicate, quarantined, rejected and skipped.
        An auditor compares what files claim to have published with what is on the bus.
      </p>
      <Answered of={found} what="books">
        {({ integrations }) => {
          const chosen = integrations.find(({ id }) => id === query.integration) ?? integrations[0];
          if (!chosen) return <Empty>There is no integration.</Empty>;
          return (
            <>
              <div class="filters">
                <label>
                  <span>Integration</span>
                  <select
                    value={chosen.id}
                    onChange={event => go(hrefOf(parts, { integration: event.currentTarget.value }))}
                  >
                    {integrations.map(({ id }) => (
                      <option key={id}>{id}</option>
                    ))}
                  </select>
                </label>
                <Link to={integrationHref(chosen.id)}>Integration</Link>
              </div>
              {chosen.kind === 'file-lane' ? (
                <Days key={chosen.id} integration={chosen.id} />
              ) : (
                <CountedDays key={chosen.id} integration={chosen.id} />
              )}
            </>
          );
        }}
      </Answered>
    </>
  );
}

const columns: readonly Column<BookDay>[] = [
  { name: 'day (UTC)', cell: ({ day }) => day },
  { name: 'files', isNumber: true, cell: ({ files }) => number(files) },
  { name: 'in work', isNumber: true, isExtra: true, cell: ({ open }) => open || '' },
  { name: 'received', isNumber: true, cell: ({ received }) => number(received) },
  { name: 'published', isNumber: true, cell: ({ tally }) => number(tally.published) },
  { name: 'duplicate', isNumber: true, cell: ({ tally }) => tally.duplicate || '' },
  { name: 'quarantined', isNumber: true, cell: ({ tally }) => tally.quarantined || '' },
  { name: 'rejected', isNumber: true, cell: ({ tally }) => tally.rejected || '' },
  { name: 'skipped', isNumber: true, cell: ({ tally }) => tally.skipped || '' },
  {
    name: 'books',
    cell: ({ balances }) => <State tone={balances ? 'good' : 'bad'}>{balances ? 'balance' : 'differ'}</State>,
  },
];

const pagesMax = 10;

/** Files of the last days, the newest first, up to a bound. */
function Days({ integration }: { readonly integration: string }) {
  const [files, setFiles] = useState<readonly HandoffLine[]>();
  const [isCut, setCut] = useState(false);
  const [problem, setProblem] = useState<Refusal>();
  useEffect(() => {
    let isOver = false;
    const read = async () => {
      const all: HandoffLine[] = [];
      let cursor: string | undefined;
      for (let page = 0; page < pagesMax && !isOver; page++) {
        const { handoffs, next } = await ask('listHandoffs', { integration, limit: '100', cursor });
        all.push(...handoffs);
        if (!isOver) setFiles([...all]);
        if (next === null) return;
        cursor = next;
      }
      if (!isOver) setCut(true);
    };
    read().catch(setProblem);
    return () => {
      isOver = true;
    };
  }, [integration]);
  if (problem) return <Problem of={problem} />;
  if (!files)
    return (
      <p class="waiting" role="status">
        Loading books…
      </p>
    );
  return (
    <>
      {files.length === 0 ? (
        <Empty>No file came yet.</Empty>
      ) : (
        <Table caption="Books by day" columns={columns} rows={bookDays(files)} keyOf={({ day }) => day} />
      )}
      {isCut && (
        <p class="faint">
          The newest {number(files.length)} files are counted. Older days are in the audit trail.
        </p>
      )}
      <Proofs files={files.filter(({ tally }) => (tally?.published ?? 0) > 0).slice(0, 10)} />
      <Command of={['files', integration]} />
    </>
  );
}

/** What the auditor says of the newest files. */
const Proofs = ({ files }: { readonly files: readonly HandoffLine[] }) => (
  <Part title="Proven by the bus">
    {files.length === 0 ? (
      <Empty>No file published anything.</Empty>
    ) : (
      <ul class="ways">
        {files.map(({ id, file }) => (
          <Proof key={id} {...{ id, file }} />
        ))}
      </ul>
    )}
  </Part>
);

function Proof({ id, file }: Pick<HandoffLine, 'id' | 'file'>) {
  const { answer, problem } = useAnswer('readHandoff', { id });
  const proof = answer?.proof;
  return (
    <li>
      <Link to={fileHref(id)}>
        <bdi>{visible(file)}</bdi>
      </Link>{' '}
      {proof ? (
        <>
          <StateOf name={proof.state} /> {number(proof.claimed)} claimed, {number(proof.onBus)} on the bus
        </>
      ) : (
        <span class="faint">
          {problem?.message ?? (answer ? 'not compared yet: the auditor runs once an hour' : '…')}
        </span>
      )}
    </li>
  );
}

type CountedDay = OutputOf<'readDayBooks'>['days'][number];

const outcomes = ['published', 'duplicate', 'quarantined', 'rejected', 'skipped'];

const countedColumns: readonly Column<CountedDay>[] = [
  { name: 'day (UTC)', cell: ({ day }) => day },
  { name: 'received', isNumber: true, cell: ({ received }) => number(received) },
  ...outcomes.map(name => ({
    name,
    isNumber: true,
    cell: (day: CountedDay) => day.outcomes[name] ?? '',
  })),
  { name: 'events claimed', isNumber: true, cell: ({ claimed }) => number(claimed) },
  { name: 'on the bus', isNumber: true, cell: ({ onBus }) => number(onBus) },
  {
    name: 'proof',
    cell: ({ claimed, onBus }) =>
      claimed === onBus ? (
        <State tone="good">proven</State>
      ) : (
        <State tone="warn">{`${number(claimed - onBus)} not found yet`}</State>
      ),
  },
];

/** Of a fence or a feed: what the auditor counted. */
function CountedDays({ integration }: { readonly integration: string }) {
  const found = useAnswer('readDayBooks', { integration, days: '31' });
  return (
    <Answered of={found} what="books">
      {({ days }) =>
        days.length === 0 ? (
          <Empty>Not counted yet. The auditor of the bus counts once an hour.</Empty>
        ) : (
          <Table caption="Books by day" columns={countedColumns} rows={days} keyOf={({ day }) => day} />
        )
      }
    </Answered>
  );
}
