import type { ComponentChildren } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { askAs, askedAs } from '../api/ask.ts';
import { hrefOf, type Place } from '../core/route.ts';
import { changeTheme, themeNow } from '../core/theme.ts';
import { useConsole } from './console-context.ts';
import { go, Link, usePlace } from './link.tsx';

const screens = [
  ['Overview', ''],
  ['Issues', 'issues'],
  ['Dead letters', 'dead-letters'],
  ['Plans', 'plans'],
  ['Events', 'events'],
  ['Quarantine', 'quarantine'],
  ['Catalogue', 'catalogue'],
  ['Books', 'books'],
  ['Audit', 'audit'],
  ['Try it', 'try'],
] as const;

/** What is around every screen: where one is, the search, and the ways to the other screens. */
export function Shell({ children }: { readonly children: ComponentChildren }) {
  const { stage, region } = useConsole();
  const place = usePlace();
  const main = useRef<HTMLElement>(null);
  const path = place.parts.join('/');
  useEffect(() => {
    main.current?.scrollTo(0, 0);
    document.title = `${place.parts.join(' · ') || 'Overview'} · Edge ${stage ?? 'local'}`;
  }, [path]);
  return (
    <div class="shell">
      <a class="skip" href="#main">
        Skip to the content
      </a>
      <header>
        <Link to="/" class="brand">
          Edge
        </Link>
        <span class={stage === undefined ? 'stage' : 'stage deployed'} title={region}>
          {stage ?? 'local'}
        </span>
        <Search />
        <Identity />
        <Theme />
      </header>
      <nav aria-label="Screens">
        {screens
          .filter(([, first]) => first !== 'try' || stage === undefined)
          .map(([name, first]) => (
            <Link
              key={name}
              to={hrefOf(first === '' ? [] : [first])}
              aria-current={screenOf(place) === first ? 'page' : undefined}
            >
              {name}
            </Link>
          ))}
      </nav>
      <main id="main" ref={main} tabIndex={-1}>
        {children}
      </main>
    </div>
  );
}

/** Below which screen a place is. */
function screenOf({ parts: [first = ''] }: Place): string {
  if (first === 'sheets') return 'quarantine';
  return ['integrations', 'files', 'units', 'rejects'].includes(first) ? '' : first;
}

/** `/` brings one here from everywhere. */
function Search() {
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => {
    const focus = (event: KeyboardEvent) => {
      const { target } = event;
      const isTyping = target instanceof HTMLElement && /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName);
      if (event.key !== '/' || isTyping || event.ctrlKey || event.metaKey) return;
      event.preventDefault();
      field.current?.focus();
    };
    addEventListener('keydown', focus);
    return () => removeEventListener('keydown', focus);
  }, []);
  const search = (event: SubmitEvent) => {
    event.preventDefault();
    const text = field.current?.value.trim();
    if (text) go(hrefOf(['search'], { q: text }));
  };
  return (
    <search>
      <form onSubmit={search}>
        <input
          ref={field}
          type="search"
          name="q"
          aria-label="Search"
          placeholder="File, id or key   /"
          autoComplete="off"
        />
      </form>
    </search>
  );
}

/** As whom the local cloud is asked. */
function Identity() {
  const { identities } = useConsole();
  const [as, setAs] = useState(askedAs() ?? 'operator');
  if (identities.length === 0) return null;
  const choose = (name: string) => {
    askAs(name);
    setAs(name);
  };
  return (
    <label class="identity">
      <span class="extra">as </span>
      <select
        value={as}
        onChange={event => choose(event.currentTarget.value)}
        aria-label="Ask the local cloud as"
      >
        {identities.map(name => (
          <option key={name}>{name}</option>
        ))}
      </select>
    </label>
  );
}

function Theme() {
  const [theme, setTheme] = useState(themeNow);
  const other = theme === 'dark' ? 'light' : 'dark';
  const change = () => {
    changeTheme();
    setTheme(other);
  };
  return (
    <button
      type="button"
      class="quiet"
      onClick={change}
      aria-label={`Show it ${other}`}
      title={`Show it ${other}`}
    >
      {theme === 'dark' ? '☀' : '☾'}
    </button>
  );
}
