import type { ComponentChildren } from 'preact';
import { Link } from './link.tsx';

interface Props {
  readonly title: string;
  /** The places above: name and address. */
  readonly under?: readonly (readonly [string, string])[];
  readonly children?: ComponentChildren;
}

/** The title of a screen, the way back, and what can be done. */
export const Head = ({ title, under = [], children }: Props) => (
  <div class="head">
    <div>
      {under.map(([name, to]) => (
        <span class="crumb" key={to}>
          <Link to={to}>{name}</Link>
          <span aria-hidden="true"> / </span>
        </span>
      ))}
      <h1>{title}</h1>
    </div>
    {children && <div class="line">{children}</div>}
  </div>
);

/** A part of a screen. */
export const Part = ({
  title,
  children,
}: {
  readonly title: string;
  readonly children: ComponentChildren;
}) => (
  <section class="part" aria-label={title}>
    <h2>{title}</h2>
    {children}
  </section>
);
