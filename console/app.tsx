import { useAnswer } from './api/use-answer.ts';
import { Overview } from './screens/overview.tsx';
import { Answered, Empty } from './ui/answered.tsx';
import { ConsoleContext } from './ui/console-context.ts';
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

function Screen() {
  const place = usePlace();
  const [first] = place.parts;
  switch (first) {
    case undefined:
      return <Overview />;
    default:
      return <Empty>There is no page at this address.</Empty>;
  }
}
