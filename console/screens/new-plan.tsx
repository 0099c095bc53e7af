import { useRef, useState } from 'preact/hooks';
import type { PlanKindInfo } from '#cli/console/console-info.ts';
import type { IntegrationState } from '#operate/core/shapes/integrations.ts';
import { ask, type Refusal } from '../api/ask.ts';
import { useAnswer } from '../api/use-answer.ts';
import { optionsOf } from '../core/command.ts';
import { planHref } from '../core/places.ts';
import { hrefOf } from '../core/route.ts';
import { Answered } from '../ui/answered.tsx';
import { Command } from '../ui/command.tsx';
import { useConsole } from '../ui/console-context.ts';
import { Field, type Filter, queryIn } from '../ui/filters.tsx';
import { Head } from '../ui/head.tsx';
import { go, usePlace } from '../ui/link.tsx';
import { Problem } from '../ui/problem.tsx';

/** Choose what a plan does and to which units. It is counted first; nothing is done. */
export function NewPlan() {
  const { planKinds } = useConsole();
  const { parts, query } = usePlace();
  const found = useAnswer('listIntegrations', {});
  const choose = (changed: Record<string, string>) =>
    go(hrefOf(parts, { ...query, ...changed }), { replace: true });
  return (
    <>
      <Head title="Make a plan" under={[['Plans', '/plans']]} />
      <p class="prose">
        A plan is counted first. It shows how many units it would touch, and some of them. Nothing is done
        until somebody runs it.
      </p>
      <Answered of={found} what="integrations">
        {({ integrations }) => {
          const integration = integrations.find(({ id }) => id === query.integration) ?? integrations[0];
          const kinds = planKinds.filter(({ of }) => integration && of.includes(integration.kind));
          const kind = kinds.find(({ name }) => name === query.kind) ?? kinds[0];
          return (
            <>
              <div class="filters">
                <label>
                  <span>Integration</span>
                  <select
                    name="integration"
                    value={integration?.id}
                    onChange={event => choose({ integration: event.currentTarget.value })}
                  >
                    {integrations.map(({ id }) => (
                      <option key={id}>{id}</option>
                    ))}
                  </select>
                </label>
                <label>
                  <span>Kind</span>
                  <select
                    name="kind"
                    value={kind?.name}
                    onChange={event => choose({ kind: event.currentTarget.value })}
                  >
                    {kinds.map(({ name }) => (
                      <option key={name}>{name}</option>
                    ))}
                  </select>
                </label>
              </div>
              {kind && integration && (
                <PlanForm key={`${kind.name} ${integration.id}`} kind={kind} integration={integration} />
              )}
            </>
          );
        }}
      </Answered>
    </>
  );
}

interface Props {
  readonly kind: PlanKindInfo;
  readonly integration: Pick<IntegrationState, 'id' | 'kind'>;
}

const bounds: readonly Filter[] = [
  { name: 'max', label: 'At most so many', hint: 'all' },
  { name: 'rate', label: 'So many a second', hint: '50' },
];

function PlanForm({ kind, integration: { id: integration, kind: ofKind } }: Props) {
  const { query } = usePlace();
  const form = useRef<HTMLFormElement>(null);
  const filters: readonly Filter[] = kind.filter
    .filter(({ of }) => of?.includes(ofKind) ?? true)
    .map(({ name, meaning, values, isTime }) => ({ name, label: meaning, values, isTime }));
  const [given, setGiven] = useState<Record<string, string>>(() =>
    Object.fromEntries(filters.map(({ name }) => [name, query[name] ?? ''])),
  );
  const [problem, setProblem] = useState<Refusal>();
  const [isAsking, setAsking] = useState(false);
  const { max, rate, ...filter } = given;
  const make = (event: SubmitEvent) => {
    event.preventDefault();
    setAsking(true);
    setProblem(undefined);
    const chosen = Object.fromEntries(Object.entries(filter).filter(([, value]) => value));
    ask('makePlan', {
      kind: kind.name,
      integration,
      filter: chosen,
      unitsMax: max || undefined,
      unitsASecond: rate || undefined,
    })
      .then(({ id }) => go(planHref(id)), setProblem)
      .finally(() => setAsking(false));
  };
  return (
    <form
      ref={form}
      class="stack form"
      onSubmit={make}
      onInput={() => form.current && setGiven(queryIn(form.current, [...filters, ...bounds]))}
    >
      <p class="lead">{kind.summary}</p>
      <div class="fields">
        {[...filters, ...bounds].map(field => (
          <label key={field.name} htmlFor={`by-${field.name}`}>
            <span>
              {field.label}{' '}
              {kind.filter.find(({ name, isRequired }) => name === field.name && isRequired) && (
                <strong>needed</strong>
              )}
            </span>
            <Field of={field} value={query[field.name] ?? ''} />
          </label>
        ))}
      </div>
      <Problem of={problem} />
      <div class="line">
        <button type="submit" class="main" disabled={isAsking}>
          Count it
        </button>
        <Command of={['plan', kind.name, integration, ...optionsOf(given)]} />
      </div>
    </form>
  );
}
