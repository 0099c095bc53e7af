import type { OutputOf } from '#operate/core/operations.ts';
import type { IntegrationState } from '#operate/core/shapes/integrations.ts';
import { useAnswer } from '../api/use-answer.ts';
import { integrationHref, issueHref, newPlanHref } from '../core/places.ts';
import { hrefOf } from '../core/route.ts';
import { atLeast } from '../core/words.ts';
import { Answered, Empty } from '../ui/answered.tsx';
import { Command } from '../ui/command.tsx';
import { Head } from '../ui/head.tsx';
import { Link } from '../ui/link.tsx';
import { type Column, Table } from '../ui/table.tsx';
import { Ago } from '../ui/time.tsx';

type Letter = OutputOf<'listDeadLetters'>['deadLetters'][number];

/** Which integrations have dead letters, or undelivered batches. */
export function AllDeadLetters() {
  const found = useAnswer('listIntegrations', {}, { everySeconds: 10 });
  return (
    <>
      <Head title="Dead letters" />
      <Answered of={found} what="dead letters">
        {({ integrations }) => {
          const having = integrations.filter(
            ({ deadLetters, undelivered }) => (deadLetters ?? 0) + (undelivered?.count ?? 0) > 0,
          );
          if (having.length === 0)
            return <Empty>No dead letter and no undelivered batch. All work that came was taken.</Empty>;
          return (
            <Table
              caption="Integrations with dead letters"
              columns={sums}
              rows={having}
              keyOf={({ id }) => id}
            />
          );
        }}
      </Answered>
      <Command of={['status']} />
    </>
  );
}

const sums: readonly Column<IntegrationState>[] = [
  { name: 'integration', cell: ({ id }) => <Link to={hrefOf(['dead-letters', id])}>{id}</Link> },
  { name: 'kind', cell: ({ kind }) => kind },
  { name: 'dead letters', isNumber: true, cell: ({ deadLetters }) => deadLetters },
  {
    name: 'undelivered batches',
    isNumber: true,
    cell: ({ undelivered }) => undelivered && atLeast(undelivered),
  },
];

/** The dead letters of one integration. Of a feed, they are batches that it could not deliver. */
export function DeadLetters({ integration }: { readonly integration: string }) {
  const { answer } = useAnswer('listIntegrations', {});
  const kind = answer?.integrations.find(({ id }) => id === integration)?.kind;
  const under = [['Dead letters', '/dead-letters']] as const;
  return (
    <>
      <Head title={integration} under={under}>
        <Link to={integrationHref(integration)}>Integration</Link>
      </Head>
      {kind === 'cdc-feed' ? (
        <Undelivered integration={integration} />
      ) : (
        <Letters integration={integration} />
      )}
    </>
  );
}

const letterColumns: readonly Column<Letter>[] = [
  { name: 'sent', cell: ({ sentAt }) => <Ago at={sentAt} /> },
  { name: 'receives', isNumber: true, cell: ({ receives }) => receives },
  {
    name: 'reason',
    cell: ({ integration, reason }) =>
      reason ? (
        <Link to={issueHref(integration, reason)}>{reason}</Link>
      ) : (
        <span class="faint">its function died</span>
      ),
  },
  { name: 'about', cell: ({ about }) => <code>{about}</code> },
];

function Letters({ integration }: { readonly integration: string }) {
  const found = useAnswer('listDeadLetters', { integration });
  return (
    <>
      <Answered of={found} what="dead letters">
        {({ deadLetters, more }) => {
          const reasons = [...new Set(deadLetters.flatMap(({ reason }) => reason ?? []))];
          if (deadLetters.length === 0)
            return (
              <Empty>No dead letter. Somebody may look at them at this moment: look again in a minute.</Empty>
            );
          return (
            <>
              <Table
                caption="Dead letters"
                columns={letterColumns}
                rows={deadLetters}
                keyOf={({ messageId }) => messageId}
              />
              {more && <Empty>There are more. A plan takes them all.</Empty>}
              <ul class="ways">
                <li>
                  <Link to={newPlanHref({ kind: 'redrive', integration })}>Plan: send all of them back</Link>
                </li>
                {reasons.map(reason => (
                  <li key={reason}>
                    <Link to={newPlanHref({ kind: 'redrive', integration, reason })}>
                      Plan: send back those with {reason}
                    </Link>
                  </li>
                ))}
              </ul>
            </>
          );
        }}
      </Answered>
      <button type="button" class="start" onClick={found.again} disabled={found.isAsking}>
        Look again
      </button>
      <Command of={['dlq', integration]} />
    </>
  );
}

type Batch = OutputOf<'listUndelivered'>['batches'][number];

const batchColumns: readonly Column<Batch>[] = [
  { name: 'failed', cell: ({ failedAt }) => <Ago at={failedAt} /> },
  { name: 'shard', cell: ({ shard }) => <code>{shard ?? 'unknown'}</code> },
  { name: 'bytes', isNumber: true, cell: ({ bytes }) => bytes },
  { name: 'object', isExtra: true, cell: ({ object }) => <code>{object}</code> },
];

function Undelivered({ integration }: { readonly integration: string }) {
  const found = useAnswer('listUndelivered', { integration }, { everySeconds: 10 });
  return (
    <>
      <Answered of={found} what="undelivered batches">
        {({ batches }) =>
          batches.length === 0 ? (
            <Empty>No undelivered batch.</Empty>
          ) : (
            <>
              <Table
                caption="Undelivered batches"
                columns={batchColumns}
                rows={batches}
                keyOf={({ object }) => object}
              />
              <ul class="ways">
                <li>
                  <Link to={newPlanHref({ kind: 'redeliver', integration })}>
                    Plan: deliver their records
                  </Link>
                </li>
              </ul>
            </>
          )
        }
      </Answered>
      <Command of={['undelivered', integration]} />
    </>
  );
}
