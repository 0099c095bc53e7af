import type { ComponentChildren } from 'preact';
import { useAnswer } from './api/use-answer.ts';
import { Audit } from './screens/audit.tsx';
import { Books } from './screens/books.tsx';
import { Catalogue, CatalogueEvent, CatalogueIntegration } from './screens/catalogue.tsx';
import { AllDeadLetters, DeadLetters } from './screens/dead-letters.tsx';
import { Event } from './screens/event.tsx';
import { Events } from './screens/events.tsx';
import { File } from './screens/file.tsx';
import { Integration } from './screens/integration.tsx';
import { Issue } from './screens/issue.tsx';
import { Issues } from './screens/issues.tsx';
import { NewPlan } from './screens/new-plan.tsx';
import { Overview } from './screens/overview.tsx';
import { Plan } from './screens/plan.tsx';
import { Plans } from './screens/plans.tsx';
import { AllQuarantine, Quarantine } from './screens/quarantine.tsx';
import { Reject } from './screens/reject.tsx';
import { Search } from './screens/search.tsx';
import { Sheet } from './screens/sheet.tsx';
import { Try } from './screens/try.tsx';
import { Unit } from './screens/unit.tsx';
import { Answered, Empty } from './ui/answered.tsx';
import { ConsoleContext } from './ui/console-context.ts';
import { Head } from './ui/head.tsx';
import { usePlace } from './ui/link.tsx';
import { Shell } from './ui/shell.tsx';

/** The whole page: the shell, and in it the screen of the place that the address names. */
export function App() {
  const info = useAnswer('readConsole', {});
  return (
    <Answered of={info} what="console">
      {found => (
        <ConsoleContext.Provider value={found}>
          <Shell>
            <Screen />
          </Shell>
        </ConsoleContext.Provider>
      )}
    </Answered>
  );
}

type Show = (first: string | undefined, second: string | undefined) => ComponentChildren;

/** By the first part of the path. */
const screens: Readonly<Record<string, Show>> = {
  '': () => <Overview />,
  integrations: first => (first ? <Integration key={first} id={first} /> : <Overview />),
  issues: (first, second) => (first && second ? <Issue integration={first} code={second} /> : <Issues />),
  files: first => (first ? <File key={first} id={first} /> : <Nothing />),
  units: (first, second) => (first && second ? <Unit integration={first} id={second} /> : <Nothing />),
  'dead-letters': first => (first ? <DeadLetters integration={first} /> : <AllDeadLetters />),
  plans: first => (first ? <OnePlan id={first} /> : <Plans />),
  events: first => (first ? <Event key={first} id={first} /> : <Events />),
  quarantine: first => (first ? <Quarantine integration={first} /> : <AllQuarantine />),
  catalogue: (first, second) => <CataloguePlace {...{ first, second }} />,
  books: () => <Books />,
  audit: () => <Audit />,
  sheets: first => (first ? <Sheet key={first} id={first} /> : <AllQuarantine />),
  rejects: (first, second) => (first && second ? <Reject integration={first} id={second} /> : <Nothing />),
  try: () => <Try />,
  search: () => <Search />,
};

function Screen() {
  const [screen = '', first, second] = usePlace().parts;
  const show = Object.hasOwn(screens, screen) ? screens[screen] : undefined;
  return <>{show ? show(first, second) : <Nothing />}</>;
}

function CataloguePlace({
  first,
  second,
}: {
  readonly first: string | undefined;
  readonly second: string | undefined;
}) {
  if (first === 'events' && second) return <CatalogueEvent type={second} />;
  if (first === 'integrations' && second) return <CatalogueIntegration id={second} />;
  return <Catalogue />;
}

const OnePlan = ({ id }: { readonly id: string }) => (id === 'new' ? <NewPlan /> : <Plan key={id} id={id} />);

const Nothing = () => (
  <>
    <Head title="Not found" />
    <Empty>There is no page at this address.</Empty>
  </>
);
