import { render } from 'preact';
import { showTheme } from '../core/theme.ts';
import '../style/style.css';
import { keepToken } from './ask.ts';
import { PartnerPage } from './page.tsx';

showTheme();
keepToken();
const root = document.getElementById('partner');
if (root) render(<PartnerPage />, root);
