import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { ConsoleInfo } from '#cli/console/console-info.ts';

export const ConsoleContext = createContext<ConsoleInfo>({ region: '', identities: [], planKinds: [] });

export const useConsole = (): ConsoleInfo => useContext(ConsoleContext);
