import type { IntegrationState } from '#operate/core/shapes/integrations.ts';
import { useAnswer } from '../api/use-answer.ts';
import { fileHref, integrationHref, isHandoff, planHref } from '../core/places.ts';
import { hrefOf } from '../core/route.ts';
import { visible } from '../core/words.ts';
import { Answered } from '../ui/answered.tsx';
import { Head, Part } from '../ui/head.tsx';
import { Link, usePlace } from '../ui/link.tsx';
import { StateOf } from '../ui/state.tsx';
import { Time } from '../ui/time.tsx';

/** Where a text may lead: to an integration, a file, a plan, an event, a delivery or what an event is about. */
export function Search() {
  const { q = '' } = usePlace().query;
  const found = useAnswer('listIntegrations', {});
  return (
    <>
      <Head title={`Search: ${visible(q)}`} />
      <Direct q={q} />
      <Answered of={found} what="integrations">
        {({ integrations }) => (
          <>
            <Named integrations={integrations} q={q} />
            <Part title="Files whose names begin so">
              {integrations
                .filter(({ kind }) => kind === 'file-lane')
                .map(({ id }) => (
                  <FilesOf key={id} integration={id} q={q} />
                ))}
            </Part>
          </>
        )}
      </Answered>
    </>
  );
}

/** What the text itself can be. */
function Direct({ q }: { readonly q: string }) {
  const [handoff = ''] = q.split('#');
  return (
    <Part title="As an id">
      <ul class="ways">
        {isHandoff(handoff) && (
          <li>
            <Link to={fileHref(handoff)}>The story of this file</Link>
          </li>
        )}
        {/^\d{8}-\d{6}-[a-z]+-/.test(q) && (
          <li>
            <Link to={planHref(q)}>This plan</Link>
          </li>
        )}
        <li>
          <Link to={hrefOf(['events', q])}>The event with this id</Link>
        </li>
        <li>
          <Link to={hrefOf(['events'], { subject: q })}>Events about this subject</Link>
        </li>
        <li>
          <Link to={hrefOf(['events'], { correlationid: q })}>
            Events of this file, delivery or transaction
          </Link>
        </li>
      </ul>
    </Part>
  );
}

function Named({
  integrations,
  q,
}: {
  readonly integrations: readonly IntegrationState[];
  readonly q: string;
}) {
  const named = integrations.filter(({ id, partner }) =>
    `${id} ${partner}`.toLowerCase().includes(q.toLowerCase()),
  );
  if (named.length === 0) return null;
  return (
    <Part title="Integrations">
      <ul class="ways">
        {named.map(({ id, partner, state }) => (
          <li key={id}>
            <Link to={integrationHref(id)}>{id}</Link> {partner} <StateOf name={state} />
          </li>
        ))}
      </ul>
    </Part>
  );
}

function FilesOf({ integration, q }: { readonly integration: string; readonly q: string }) {
  const { answer, problem, isAsking } = useAnswer('listHandoffs', { integration, name: q, limit: '5' });
  if (problem)
    return (
      <p class="refusal">
        {integration}: {problem.message}
      </p>
    );
  if (!answer) return isAsking ? <p class="faint">{integration}…</p> : null;
  if (answer.handoffs.length === 0) return null;
  return (
    <ul class="ways">
      {answer.handoffs.map(({ id, file, state, receivedAt }) => (
        <li key={id}>
          <Link to={fileHref(id)}>
            <bdi>{visible(file)}</bdi>
          </Link>{' '}
          {integration} <StateOf name={state} /> <Time at={receivedAt} />
        </li>
      ))}
    </ul>
  );
}
