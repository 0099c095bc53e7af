const excerptCharactersMax = 60;

/** A partner's text (a name, a key) as it may stand in a fault: quoted, bounded, with nothing invisible left in it. */
export function excerpt(text: string): string {
  const characters = [...text];
  const shown = characters.slice(0, excerptCharactersMax).join('');
  const visible = JSON.stringify(shown).replace(/[\p{C}\p{Z}]/gu, character =>
    character === ' ' ? character : `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`,
  );
  return characters.length > excerptCharactersMax ? `${visible}…` : visible;
}
