import { render } from 'preact';
import { openSession } from './api/session.ts';
import { App } from './app.tsx';
import { showTheme } from './core/theme.ts';
import './style/style.css';

showTheme();
await openSession();
const root = document.getElementById('console');
if (root) render(<App />, root);
