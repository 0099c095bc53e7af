import type { QuarantinedUnit } from '#operate/core/shapes/quarantine.ts';
import { useAnswer } from '../api/use-answer.ts';
import { integrationHref, issueHref, quarantineHref } from '../core/places.ts';
import { visible } from '../core/words.ts';
import { Answered, Empty } from '../ui/answered.tsx';
import { Command } from '../ui/command.tsx';
import { EventTable } from '../ui/event-table.tsx';
import { Facts } from '../ui/facts.tsx';
import { Head, Part } from '../ui/head.tsx';
import { Link } from '../ui/link.tsx';
import { Masked } from '../ui/masked.tsx';
import { ReadableText } from '../ui/readable-text.tsx';
import { Time } from '../ui/time.tsx';

interface Props {
  readonly integration: string;
  /** Correlation id of a delivery, or the number of a change. */
  readonly id: string;
}

const day = 86_400_000;

/** The story of a delivery or a change: what it made, or why it made nothing. */
export function Unit({ integration, id }: Props) {
  const quarantine = useAnswer('listQuarantine', { integration, id, limit: '10' });
  return (
    <>
      <Head
        title={id}
        under={[
          ['Overview', '/'],
          [integration, integrationHref(integration)],
        ]}
      />
      <Answered of={quarantine} what="faults">
        {({ units }) =>
          units.length === 0 ? (
            <Empty>It is not quarantined.</Empty>
          ) : (
            units.map(unit => <Faulty key={unit.object} of={unit} />)
          )
        }
      </Answered>
      <Made {...{ integration, id }} />
      <Command of={['quarantine', integration, '--id', id]} />
    </>
  );
}

const Faulty = ({ of }: { readonly of: QuarantinedUnit }) => (
  <div class="advice">
    <h2>
      <Link to={issueHref(of.integration, of.code)}>{of.code}</Link>
    </h2>
    <p>{visible(of.detail)}</p>
    <p>{of.remedy}</p>
    <Facts
      of={[
        ['what', of.unit],
        ['arrived', <Time key="at" at={of.at} />],
        ['place', <bdi key="place">{visible(of.place)}</bdi>],
        of.column && [
          'column',
          <code key="column">
            <bdi>{visible(of.column)}</bdi>
          </code>,
        ],
        [
          'object',
          <code key="object">
            <bdi>{visible(of.object)}</bdi>
          </code>,
        ],
        [
          'like it',
          <Link key="like" to={quarantineHref(of.integration, { code: of.code })}>
            All with this code
          </Link>,
        ],
      ]}
    />
    {of.unit !== 'row' && (
      <Masked integration={of.integration} of="unit" id={of.id} object={of.object}>
        {text => <ReadableText text={text} />}
      </Masked>
    )}
  </div>
);

/** Of the last day: the bus log is searched by hours. */
function Made({ integration, id }: Props) {
  const from = new Date(Math.floor(Date.now() / 60_000) * 60_000 - day).toISOString();
  const found = useAnswer('listEvents', { integration, correlationid: id, from, limit: '50' });
  return (
    <Part title="Events of the last day">
      <Answered of={found} what="events">
        {({ events, next }) =>
          events.length === 0 ? (
            <Empty>
              {next
                ? 'None in the first part of the log. Search by the time under Events.'
                : 'It made no event in the last day.'}
            </Empty>
          ) : (
            <EventTable events={events} show={['published', 'type', 'subject']} />
          )
        }
      </Answered>
      <Command of={['events', '--integration', integration, '--correlationid', id]} />
    </Part>
  );
}
