import type { IssueLine } from '#operate/core/shapes/issues.ts';
import { useAnswer } from '../api/use-answer.ts';
import { lastHours } from '../core/hours.ts';
import { fileHref, integrationHref, isHandoff, newPlanHref, quarantineHref } from '../core/places.ts';
import { number, personIn } from '../core/words.ts';
import { Action } from '../ui/action.tsx';
import { Answered } from '../ui/answered.tsx';
import { Command } from '../ui/command.tsx';
import { useConsole } from '../ui/console-context.ts';
import { type Fact, Facts } from '../ui/facts.tsx';
import { Head, Part } from '../ui/head.tsx';
import { Link } from '../ui/link.tsx';
import { Spark } from '../ui/spark.tsx';
import { StateOf } from '../ui/state.tsx';
import { Time } from '../ui/time.tsx';

interface Props {
  readonly integration: string;
  readonly code: string;
}

/** One issue: what it means, what to do, and the ways to its units and to a plan. */
export function Issue({ integration, code }: Props) {
  const found = useAnswer('readIssue', { integration, code }, { everySeconds: 5 });
  return (
    <>
      <Head
        title={code}
        under={[
          ['Issues', '/issues'],
          [integration, integrationHref(integration)],
        ]}
      />
      <Answered of={found} what="issue">
        {issue => (
          <>
            <p class="lead">{sentence(issue.meaning)}</p>
            <div class="advice">
              <h2>What to do</h2>
              <p>{issue.remedy}</p>
            </div>
            <Facts of={factsOf(issue)} />
            <Marks issue={issue} onDone={found.again} />
            <Ways {...{ integration, code }} />
          </>
        )}
      </Answered>
      <Command of={['issue', integration, code]} />
    </>
  );
}

const sentence = (text: string): string => `${text.slice(0, 1).toUpperCase()}${text.slice(1)}.`;

const factsOf = ({
  state,
  count,
  openedAt,
  firstSeen,
  lastSeen,
  reopened,
  example,
  acknowledged,
  resolved,
  hourly,
}: IssueLine): readonly Fact[] => [
  ['state', <StateOf key="state" name={state} />],
  [
    'count',
    <>
      {number(count)} since <Time at={openedAt} />
    </>,
  ],
  ['last 24 h', <Spark key="hours" name="faults by the hour" values={lastHours(hourly, Date.now())} />],
  ['first seen', <Time key="first" at={firstSeen} />],
  ['last seen', <Time key="last" at={lastSeen} />],
  reopened > 0 && ['came back', `${number(reopened)} times`],
  ['example', <Example key="example" {...example} />],
  acknowledged && [
    'acknowledged',
    <>
      {personIn(acknowledged.by)}, <Time at={acknowledged.at} />
    </>,
  ],
  resolved && [
    'resolved',
    <>
      {personIn(resolved.by)}, <Time at={resolved.at} />
    </>,
  ],
];

function Example({ unit, place }: IssueLine['example']) {
  const [handoff = ''] = unit.split('#');
  const name = <code>{unit}</code>;
  return (
    <>
      {isHandoff(handoff) ? <Link to={fileHref(handoff)}>{name}</Link> : name}
      {place && `, ${place}`}
    </>
  );
}

function Marks({
  issue: { integration, code, state },
  onDone,
}: {
  readonly issue: IssueLine;
  readonly onDone: () => void;
}) {
  return (
    <div class="actions">
      {state === 'open' && (
        <div class="line">
          <Action call="acknowledgeIssue" input={{ integration, code }} onDone={onDone}>
            Acknowledge
          </Action>
          <Command of={['acknowledge', integration, code]} />
        </div>
      )}
      {state !== 'resolved' && (
        <div class="line">
          <Action call="resolveIssue" input={{ integration, code }} onDone={onDone}>
            Resolve
          </Action>
          <Command of={['resolve', integration, code]} />
        </div>
      )}
    </div>
  );
}

/** From the issue to its units, and to the plans that there are for its integration. */
function Ways({ integration, code }: Props) {
  const { planKinds } = useConsole();
  const { answer } = useAnswer('listIntegrations', {});
  const kind = answer?.integrations.find(({ id }) => id === integration)?.kind;
  return (
    <Part title="Go on">
      <ul class="ways">
        <li>
          <Link to={quarantineHref(integration, { code })}>Quarantined units with this code</Link>
        </li>
        {planKinds
          .filter(({ of }) => kind !== undefined && of.includes(kind))
          .map(({ name, summary }) => (
            <li key={name}>
              <Link to={newPlanHref({ kind: name, integration })}>Plan: {name}</Link>{' '}
              <span class="faint">{summary}</span>
            </li>
          ))}
      </ul>
    </Part>
  );
}
