/** What windows-1252 has where ISO 8859-1 has control characters, by the WHATWG Encoding Standard. */
const fromHex80 = '€\x81‚ƒ„…†‡ˆ‰Š‹Œ\x8dŽ\x8f\x90‘’“”•–—˜™š›œ\x9džŸ';

/** Text of bytes in windows-1252. Node's own decoder gives control characters instead, in some versions. */
export const windows1252 = (bytes: Uint8Array): string =>
  Buffer.from(bytes)
    .toString('latin1')
    .replaceAll(/[\x80-\x9f]/g, character => fromHex80.charAt(character.charCodeAt(0) - 0x80));
