import type { PlanLine } from '#operate/core/shapes/plans.ts';
import { useAnswer } from '../api/use-answer.ts';
import { integrationHref, planHref } from '../core/places.ts';
import { number, personIn } from '../core/words.ts';
import { Answered, Empty } from '../ui/answered.tsx';
import { Command } from '../ui/command.tsx';
import { Pager } from '../ui/filters.tsx';
import { Head } from '../ui/head.tsx';
import { Link, usePlace } from '../ui/link.tsx';
import { Progress } from '../ui/progress.tsx';
import { StateOf } from '../ui/state.tsx';
import { type Column, Table } from '../ui/table.tsx';
import { Ago } from '../ui/time.tsx';

const columns: readonly Column<PlanLine>[] = [
  {
    name: 'plan',
    cell: ({ id }) => (
      <Link to={planHref(id)}>
        <code>{id}</code>
      </Link>
    ),
  },
  { name: 'kind', cell: ({ kind }) => kind },
  {
    name: 'integration',
    cell: ({ integration }) => <Link to={integrationHref(integration)}>{integration}</Link>,
  },
  { name: 'state', cell: ({ state }) => <StateOf name={state} /> },
  { name: 'units', isNumber: true, cell: ({ units }) => number(units) },
  { name: 'progress', cell: plan => <Progress of={plan} /> },
  {
    name: 'failed',
    isNumber: true,
    cell: ({ failed }) => failed > 0 && <span class="bad">{number(failed)}</span>,
  },
  { name: 'made', cell: ({ madeAt }) => <Ago at={madeAt} /> },
  { name: 'by', isExtra: true, cell: ({ madeBy }) => personIn(madeBy) },
];

/** All plans and how far they are. */
export function Plans() {
  const place = usePlace();
  const { cursor } = place.query;
  const found = useAnswer('listPlans', { cursor }, { everySeconds: 3 });
  return (
    <>
      <Head title="Plans">
        <Link to="/plans/new" class="button">
          Make a plan
        </Link>
      </Head>
      <Answered of={found} what="plans">
        {({ plans, next }) => (
          <>
            {plans.length === 0 ? (
              <Empty>
                No plan. A plan changes many units at once: it is counted first, and nothing is done until it
                is run.
              </Empty>
            ) : (
              <Table caption="Plans" columns={columns} rows={plans} keyOf={({ id }) => id} />
            )}
            <Pager place={place} next={next} />
          </>
        )}
      </Answered>
      <Command of={['jobs']} />
    </>
  );
}
