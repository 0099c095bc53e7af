import type { IssueLine } from '#operate/core/shapes/issues.ts';
import { useAnswer } from '../api/use-answer.ts';
import { optionsOf } from '../core/command.ts';
import { lastHours } from '../core/hours.ts';
import { integrationHref, issueHref } from '../core/places.ts';
import { number } from '../core/words.ts';
import { Answered, Empty } from '../ui/answered.tsx';
import { Command } from '../ui/command.tsx';
import { Filters } from '../ui/filters.tsx';
import { Head } from '../ui/head.tsx';
import { Link, usePlace } from '../ui/link.tsx';
import { Spark } from '../ui/spark.tsx';
import { StateOf } from '../ui/state.tsx';
import { type Column, Table } from '../ui/table.tsx';
import { Ago } from '../ui/time.tsx';

const columns: readonly Column<IssueLine>[] = [
  { name: 'code', cell: ({ integration, code }) => <Link to={issueHref(integration, code)}>{code}</Link> },
  {
    name: 'integration',
    cell: ({ integration }) => <Link to={integrationHref(integration)}>{integration}</Link>,
  },
  { name: 'state', cell: ({ state }) => <StateOf name={state} /> },
  { name: 'count', isNumber: true, cell: ({ count }) => number(count) },
  {
    name: 'last 24 h',
    cell: ({ code, hourly }) => <Spark name={`${code} by the hour`} values={lastHours(hourly, Date.now())} />,
  },
  { name: 'last seen', cell: ({ lastSeen }) => <Ago at={lastSeen} /> },
  { name: 'open since', isExtra: true, cell: ({ openedAt }) => <Ago at={openedAt} /> },
  { name: 'came back', isNumber: true, isExtra: true, cell: ({ reopened }) => reopened || '' },
  { name: 'what it means', isExtra: true, cell: ({ meaning }) => <span class="wrap">{meaning}</span> },
];

/** Faults, grouped by integration and code. */
export function Issues() {
  const { query } = usePlace();
  const { integration, state } = query;
  const found = useAnswer('listIssues', { integration, state }, { everySeconds: 5 });
  return (
    <>
      <Head title="Issues" />
      <Filters
        of={[
          { name: 'integration', label: 'Integration' },
          { name: 'state', label: 'State', values: ['open', 'acknowledged', 'resolved'] },
        ]}
      />
      <Answered of={found} what="issues">
        {({ issues, more }) =>
          issues.length === 0 ? (
            <Empty>No issue. Every fault that occurred is resolved, or there was none.</Empty>
          ) : (
            <>
              <Table
                caption="Issues"
                columns={columns}
                rows={issues}
                keyOf={({ integration: of, code }) => `${of} ${code}`}
              />
              {more && <Empty>There are more. Choose an integration.</Empty>}
            </>
          )
        }
      </Answered>
      <Command of={['issues', ...optionsOf({ integration, state })]} />
    </>
  );
}
