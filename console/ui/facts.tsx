import type { ComponentChildren } from 'preact';

export type Fact = readonly [string, ComponentChildren] | false | '' | null | undefined;

/** Names and values, one under the other. What is not known is left out. */
export const Facts = ({ of }: { readonly of: readonly Fact[] }) => (
  <dl class="facts">
    {of
      .filter((fact): fact is readonly [string, ComponentChildren] => Boolean(fact))
      .map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
  </dl>
);
