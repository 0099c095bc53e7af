import type { PlanStory } from '#operate/core/shapes/plans.ts';
import { askedAs } from '../api/ask.ts';
import { useAnswer } from '../api/use-answer.ts';
import { integrationHref } from '../core/places.ts';
import { counted, number, personIn, visible } from '../core/words.ts';
import { Action } from '../ui/action.tsx';
import { Answered, Empty } from '../ui/answered.tsx';
import { Command } from '../ui/command.tsx';
import { useConsole } from '../ui/console-context.ts';
import { type Fact, Facts } from '../ui/facts.tsx';
import { Head, Part } from '../ui/head.tsx';
import { Link } from '../ui/link.tsx';
import { Progress } from '../ui/progress.tsx';
import { StateOf } from '../ui/state.tsx';
import { Table } from '../ui/table.tsx';
import { Time } from '../ui/time.tsx';

/** One plan: what it does, what can be done with it now, how far it is, and what failed. */
export function Plan({ id }: { readonly id: string }) {
  const found = useAnswer('readPlan', { id }, { everySeconds: 1 });
  return (
    <>
      <Head title={id} under={[['Plans', '/plans']]} />
      <Answered of={found} what="plan">
        {plan => (
          <>
            <Now plan={plan} onDone={found.again} />
            <Facts of={factsOf(plan)} />
            <Part title="For example">
              {plan.samples.length === 0 ? (
                <Empty>
                  {plan.state === 'counting' ? 'It is being counted.' : 'The filter finds nothing.'}
                </Empty>
              ) : (
                <ul class="samples">
                  {plan.samples.map(sample => (
                    <li key={sample}>
                      <bdi>{visible(sample)}</bdi>
                    </li>
                  ))}
                </ul>
              )}
            </Part>
            {plan.failures.length > 0 && <Failures of={plan} />}
            <Part title="Who did what">
              <ol class="timeline plain">
                {plan.history.map(({ at, by, what }) => (
                  <li key={`${at} ${what}`}>
                    <div class="when">
                      <Time at={at} />
                    </div>
                    <div>
                      {visible(what)} <span class="faint">{personIn(by)}</span>
                    </div>
                  </li>
                ))}
              </ol>
            </Part>
          </>
        )}
      </Answered>
      <Command of={['jobs', id]} />
    </>
  );
}

const factsOf = (plan: PlanStory): readonly Fact[] => [
  [
    'does',
    `${plan.kind}: ${number(plan.units)} ${plan.units === 1 ? plan.unitNames.one : plan.unitNames.many}${plan.found === plan.units ? '' : ` of ${number(plan.found)} found`}${plan.more ? ', and there are more' : ''}`,
  ],
  [
    'integration',
    <Link key="of" to={integrationHref(plan.integration)}>
      {plan.integration}
    </Link>,
  ],
  ...Object.entries(plan.filter).map(
    ([name, value]) => [name, <bdi key={name}>{visible(value)}</bdi>] as const,
  ),
  plan.repeats > 0 && ['repeats', `${number(plan.repeats)} are like another one, or were done before`],
  ...Object.entries(plan.parts).map(
    ([part, count]) => ['of which', `${number(count)}: ${visible(part)}`] as const,
  ),
  ...Object.entries(plan.left).map(([why, count]) => ['stay', `${number(count)}: ${why}`] as const),
  ['cost', plan.dollars < 0.01 ? 'less than $0.01' : `about $${plan.dollars.toFixed(2)}`],
  ['rate', `${number(plan.unitsASecond)} a second`],
  ['valid until', <Time key="until" at={plan.validUntil} />],
  plan.note && ['note', visible(plan.note)],
];

interface Acting {
  readonly plan: PlanStory;
  readonly onDone: () => void;
}

/** What state it is in, and what somebody may do now. */
function Now({ plan, onDone }: Acting) {
  const { state } = plan;
  return (
    <div class="advice now">
      <div class="line">
        <h2>
          <StateOf name={state} />
        </h2>
        <Progress of={plan} />
      </div>
      <p>{adviceOn(plan)}</p>
      {state === 'awaiting-approval' && <Approve {...{ plan, onDone }} />}
      {(state === 'planned' || state === 'approved') && plan.units > 0 && (
        <div class="line">
          <Action call="runPlan" input={{ id: plan.id, hash: plan.hash ?? '' }} isMain onDone={onDone}>
            Run it: {counted(plan.units, ['unit', 'units'])}
          </Action>
          <Command of={['run', plan.id]} />
        </div>
      )}
      {state === 'running' && <Act {...{ plan, onDone }} call="pausePlan" word="Pause" />}
      {(state === 'paused' || state === 'running') && (
        <Act {...{ plan, onDone }} call="resumePlan" word="Resume" />
      )}
      {isAlive(plan) && <Act {...{ plan, onDone }} call="cancelPlan" word="Cancel" />}
    </div>
  );
}

const isAlive = ({ state }: PlanStory): boolean =>
  ['counting', 'planned', 'awaiting-approval', 'approved', 'running', 'paused'].includes(state);

interface ActProps extends Acting {
  readonly call: 'pausePlan' | 'resumePlan' | 'cancelPlan';
  readonly word: string;
}

const Act = ({ plan: { id }, onDone, call, word }: ActProps) => (
  <div class="line">
    <Action call={call} input={{ id }} onDone={onDone}>
      {word}
    </Action>
    <Command of={[word.toLowerCase(), id]} />
  </div>
);

/** On the local cloud the approver is another identity; on a stage, another person opens this page. */
function Approve({ plan: { id, hash, madeBy }, onDone }: Acting) {
  const { identities } = useConsole();
  const as = identities.includes('approver') ? 'approver' : askedAs();
  return (
    <>
      <p class="faint">
        {personIn(madeBy)} made it.{' '}
        {as
          ? 'On the local cloud, the identity “approver” is another person.'
          : 'Another person opens this page with their own credentials, or runs the command.'}
      </p>
      <div class="line">
        <Action call="approvePlan" input={{ id, hash: hash ?? '' }} as={as} isMain onDone={onDone}>
          Approve {as && `as ${as}`}
        </Action>
        <Command of={['approve', id]} />
      </div>
    </>
  );
}

function adviceOn({ state, units, done }: PlanStory): string {
  switch (state) {
    case 'counting':
      return 'It is counted. Nothing is done.';
    case 'planned':
      return units === 0
        ? 'The filter finds nothing. There is nothing to do.'
        : 'Nothing is done yet. Look at the examples, then run it.';
    case 'awaiting-approval':
      return 'Nothing is done yet. It is so large that another person must approve it.';
    case 'approved':
      return 'It is approved. Nothing is done yet.';
    case 'running':
      return 'It runs. It goes on when this page is closed.';
    case 'paused':
      return 'It is paused. What is done stays done.';
    case 'failed':
      return done === 0
        ? 'Nothing was done. Fix what the note says, and make the plan again.'
        : 'Fix what the failures say, and make a plan for what is left.';
    case 'expired':
      return 'It did not begin in time, or was paused for too long. Make it again.';
    case 'done':
      return 'Nothing is left to do.';
    case 'cancelled':
      return 'It is cancelled. What is done stays done.';
  }
}

const Failures = ({ of: { failures } }: { readonly of: PlanStory }) => (
  <Part title="What failed">
    <Table
      caption="What failed"
      columns={[
        { name: 'unit', cell: ({ about }) => <bdi>{visible(about)}</bdi> },
        { name: 'why', cell: ({ reason }) => <span class="wrap">{visible(reason)}</span> },
      ]}
      rows={failures}
      keyOf={({ unit }) => unit}
    />
  </Part>
);
