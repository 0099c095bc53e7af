import { hrefOf, type Place } from '../core/route.ts';
import { fieldTime, isoTime } from '../core/time.ts';
import { go, usePlace } from './link.tsx';

export interface Filter {
  readonly name: string;
  readonly label: string;
  /** Where only these are allowed. */
  readonly values?: readonly string[] | undefined;
  readonly isTime?: boolean;
  readonly hint?: string;
}

/** A choice from a list is applied at once; a text when it is sent. */
const applyChoice = ({ target }: Event) =>
  target instanceof HTMLSelectElement && target.form?.requestSubmit();

/** A filter that lives in the address, so that a link shows the same. */
export function Filters({ of }: { readonly of: readonly Filter[] }) {
  const place = usePlace();
  const apply = (event: SubmitEvent) => {
    event.preventDefault();
    if (event.currentTarget instanceof HTMLFormElement)
      go(hrefOf(place.parts, queryIn(event.currentTarget, of)));
  };
  return (
    <form class="filters" onSubmit={apply} onChange={applyChoice} key={JSON.stringify(place)}>
      {of.map(filter => (
        <label key={filter.name} htmlFor={`by-${filter.name}`}>
          <span>{filter.label}</span>
          <Field of={filter} value={place.query[filter.name] ?? ''} />
        </label>
      ))}
      <button type="submit">Show</button>
    </form>
  );
}

export function Field({
  of: { name, values, isTime, hint },
  value,
}: {
  readonly of: Filter;
  readonly value: string;
}) {
  if (values)
    return (
      <select id={`by-${name}`} name={name}>
        <option value="">any</option>
        {values.map(each => (
          <option key={each} selected={each === value}>
            {each}
          </option>
        ))}
      </select>
    );
  if (isTime)
    return (
      <input id={`by-${name}`} type="datetime-local" name={name} step="1" defaultValue={fieldTime(value)} />
    );
  return (
    <input
      id={`by-${name}`}
      type="text"
      name={name}
      defaultValue={value}
      placeholder={hint}
      autoComplete="off"
      spellcheck={false}
    />
  );
}

/** What a form of filters says; times in UTC. */
export function queryIn(form: HTMLFormElement, filters: readonly Filter[]): Record<string, string> {
  const data = new FormData(form);
  return Object.fromEntries(
    filters.map(({ name, isTime }) => {
      const value = String(data.get(name) ?? '').trim();
      return [name, isTime && value ? isoTime(value) : value];
    }),
  );
}

interface PagerProps {
  readonly place: Place;
  readonly next: string | null;
}

/** The way to the next page and back to the first. */
export function Pager({ place: { parts, query }, next }: PagerProps) {
  const { cursor, ...rest } = query;
  if (next === null && cursor === undefined) return null;
  return (
    <p class="line pager">
      {cursor !== undefined && (
        <button type="button" onClick={() => go(hrefOf(parts, rest))}>
          First page
        </button>
      )}
      {next !== null && (
        <button type="button" onClick={() => go(hrefOf(parts, { ...rest, cursor: next }))}>
          Next page
        </button>
      )}
    </p>
  );
}
