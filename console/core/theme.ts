const stored = 'edge-theme';

export type Theme = 'dark' | 'light';

/** As the viewer chose, or else as the system is set. */
export const themeNow = (): Theme => {
  const chosen = localStorage.getItem(stored);
  if (chosen === 'dark' || chosen === 'light') return chosen;
  return matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
};

export function showTheme(): void {
  document.documentElement.dataset.theme = themeNow();
}

export function changeTheme(): void {
  localStorage.setItem(stored, themeNow() === 'dark' ? 'light' : 'dark');
  showTheme();
}
