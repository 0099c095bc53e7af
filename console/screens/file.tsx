import type { Story } from '#operate/core/shapes/handoffs.ts';
import type { QuarantinedUnit } from '#operate/core/shapes/quarantine.ts';
import { useAnswer } from '../api/use-answer.ts';
import { fileHref, integrationHref, newPlanHref, quarantineHref, sheetHref } from '../core/places.ts';
import { storySteps } from '../core/story-steps.ts';
import { counted, number, visible } from '../core/words.ts';
import { Advice } from '../ui/advice.tsx';
import { Answered, Empty } from '../ui/answered.tsx';
import { Command } from '../ui/command.tsx';
import { EventTable } from '../ui/event-table.tsx';
import { type Fact, Facts } from '../ui/facts.tsx';
import { Head, Part } from '../ui/head.tsx';
import { Link } from '../ui/link.tsx';
import { StateOf } from '../ui/state.tsx';
import { type Column, Table } from '../ui/table.tsx';
import { Time } from '../ui/time.tsx';
import { Timeline } from '../ui/timeline.tsx';

const settled = ['complete', 'partial', 'rejected', 'duplicate', 'unbalanced'];

/** The story of a file, from arrival to the bus and to the partner's answer. */
export function File({ id }: { readonly id: string }) {
  const [integration = ''] = id.split('.');
  const found = useAnswer('readHandoff', { id }, { everySeconds: 3 });
  return (
    <>
      <Head
        title={found.answer ? visible(found.answer.file) : id}
        under={[
          ['Overview', '/'],
          [integration, integrationHref(integration)],
        ]}
      />
      <Answered of={found} what="file">
        {story => <Known of={story} />}
      </Answered>
      <Command of={['show', id]} />
    </>
  );
}

function Known({ of }: { readonly of: Story }) {
  const isSettled = settled.includes(of.state);
  return (
    <>
      <div class="advice">
        <h2>
          <StateOf name={of.state} />
        </h2>
        <Advice>{of.advice}</Advice>
      </div>
      <div class="columns">
        <Part title="What happened">
          <Timeline steps={storySteps(of)} />
        </Part>
        <div class="stack">
          <Part title="Books">
            <Books of={of} />
          </Part>
          <Part title="What the partner was told">
            <PartnerAnswer of={of} isSettled={isSettled} />
          </Part>
        </div>
      </div>
      <Part title="Facts">
        <Facts of={factsOf(of)} />
      </Part>
      {of.tally && of.tally.quarantined > 0 && <Faults of={of} />}
      <Events of={of} />
    </>
  );
}

function Books({ of: { received, tally, records } }: { readonly of: Story }) {
  if (!tally)
    return (
      <Empty>
        {records === null
          ? 'Nothing is counted yet.'
          : `${number(records)} records were found. Nothing is settled yet.`}
      </Empty>
    );
  const total = Math.max(1, received ?? 0);
  return (
    <ul class="bars">
      <li>
        <span>received</span>
        <span class="number">{number(received ?? 0)}</span>
        <span />
      </li>
      {Object.entries(tally)
        .filter(([, count]) => count > 0)
        .map(([outcome, count]) => (
          <li key={outcome}>
            <span>{outcome}</span>
            <span class="number">{number(count)}</span>
            <meter
              class={outcome}
              min={0}
              max={total}
              value={count}
              aria-label={`${outcome}: ${count} of ${total}`}
            />
          </li>
        ))}
    </ul>
  );
}

function PartnerAnswer({ of, isSettled }: { readonly of: Story; readonly isSettled: boolean }) {
  if (!isSettled) return <Empty>Nothing yet. The acknowledgement is written when the file is settled.</Empty>;
  const bad = of.tally?.quarantined ?? 0;
  return (
    <Facts
      of={[
        [
          'acknowledgement',
          <code key="ack">
            <bdi>{visible(of.file)}.ack.json</bdi>
          </code>,
        ],
        ['says', <StateOf key="state" name={of.state} />],
        of.fault && [
          'fault',
          <>
            <code>{of.fault.code}</code> {of.fault.detail}
          </>,
        ],
        of.fault && ['asks for', of.fault.remedy],
        bad > 0 && [
          'rejected rows',
          <>
            <code>
              <bdi>{visible(of.file)}.rejected.csv</bdi>
            </code>
            : {counted(bad, ['row', 'rows'])}, each with its fault and remedy. Corrected rows come back under{' '}
            <code>fixed/</code>.
          </>,
        ],
      ]}
    />
  );
}

const factsOf = (of: Story): readonly Fact[] => [
  ['hand-off', <code key="id">{of.id}</code>],
  [
    'object',
    <code key="key">
      <bdi>{visible(of.key)}</bdi>
    </code>,
  ],
  of.versionId && ['version', <code key="version">{of.versionId}</code>],
  of.bytes !== null && [
    'size',
    `${number(of.bytes)} bytes${of.records === null ? '' : `, ${number(of.records)} records`}`,
  ],
  of.sha256 && ['SHA-256', <code key="hash">{of.sha256}</code>],
  of.attempts > 1 && ['attempts', number(of.attempts)],
  of.period && ['period', of.period],
  of.awaiting && ['waits for', of.awaiting],
  of.nextRetryAt && ['tries again', <Time key="retry" at={of.nextRetryAt} />],
  of.lateFor && ['was due', <Time key="late" at={of.lateFor} />],
  of.duplicateOf && [
    'duplicate of',
    <Link key="of" to={fileHref(of.duplicateOf)}>
      <code>{of.duplicateOf}</code>
    </Link>,
  ],
  of.corrects && [
    'corrects',
    <Link key="corrects" to={fileHref(of.corrects)}>
      <code>{of.corrects}</code>
    </Link>,
  ],
  of.reprocessedBy && [
    'reprocessed by',
    <Link key="by" to={fileHref(of.reprocessedBy)}>
      <code>{of.reprocessedBy}</code>
    </Link>,
  ],
  of.ignoredColumns.length > 0 && [
    'ignored columns',
    <bdi key="ignored">{of.ignoredColumns.map(visible).join(', ')}</bdi>,
  ],
  of.proof && [
    'on the bus',
    <>
      <StateOf name={of.proof.state} /> {number(of.proof.claimed)} claimed, {number(of.proof.onBus)} found,{' '}
      <Time at={of.proof.at} />
    </>,
  ],
  of.proof &&
    of.proof.missing.length > 0 && ['was missing', <code key="missing">{of.proof.missing.join(' ')}</code>],
  of.quarantine && [
    'report',
    <code key="report">
      <bdi>{visible(of.quarantine)}</bdi>
    </code>,
  ],
];

const faultColumns: readonly Column<QuarantinedUnit>[] = [
  { name: 'place', cell: ({ place }) => place },
  {
    name: 'column',
    cell: ({ column }) =>
      column && (
        <code>
          <bdi>{visible(column)}</bdi>
        </code>
      ),
  },
  { name: 'code', cell: ({ code }) => code },
  { name: 'what is wrong', cell: ({ detail }) => <span class="wrap">{visible(detail)}</span> },
  { name: 'remedy', isExtra: true, cell: ({ remedy }) => <span class="wrap">{remedy}</span> },
];

function Faults({ of: { id, integration, reprocessedBy } }: { readonly of: Story }) {
  const found = useAnswer('listQuarantine', { integration, id, limit: '10' });
  return (
    <Part title="Quarantined rows">
      <Answered of={found} what="rows">
        {({ units, next }) =>
          units.length === 0 ? (
            <Empty>
              {reprocessedBy ? 'Its rows were reprocessed.' : 'Its report is not there any more.'}
            </Empty>
          ) : (
            <>
              <Table caption="Quarantined rows" columns={faultColumns} rows={units} keyOf={unit => unit.id} />
              <p class="line">
                <Link to={sheetHref(id)}>As a sheet, to correct them</Link>
                {next && <Link to={quarantineHref(integration, { id })}>All of them</Link>}
                <Link to={newPlanHref({ kind: 'resubmit', integration })}>
                  Plan: resubmit, after the contract was corrected
                </Link>
              </p>
            </>
          )
        }
      </Answered>
      <Command of={['quarantine', integration, '--id', id]} />
    </Part>
  );
}

/** What it made: found in the bus log by its correlation id. */
function Events({ of: { id, receivedAt, settledAt, tally } }: { readonly of: Story }) {
  const hour = 3_600_000;
  const to = new Date(Date.parse(settledAt ?? receivedAt) + hour).toISOString();
  const asked = { correlationid: id, from: receivedAt, to, limit: '20' };
  const found = useAnswer('listEvents', asked, { everySeconds: 10 });
  return (
    <Part title="Events of this file">
      <Answered of={found} what="events">
        {({ events, next }) =>
          events.length === 0 ? (
            <Empty>
              {(tally?.published ?? 0) > 0
                ? 'Not in the bus log yet: it is one to two minutes late.'
                : 'It published no event.'}
            </Empty>
          ) : (
            <>
              <EventTable events={events} show={['published', 'type', 'subject', 'tenant', 'id']} />
              {next && <Empty>There are more. The first ones are shown.</Empty>}
            </>
          )
        }
      </Answered>
      <Command of={['events', '--correlationid', id, '--from', asked.from, '--to', asked.to]} />
    </Part>
  );
}
