/** Why an object's name is nobody's delivery, in any lane; undefined where it may be one. */
export function reasonToIgnore(name: string): string | undefined {
  if (uploadUnderWay.test(name)) return 'its upload is under way';
  if (name.split('/').some(part => part.startsWith('.'))) return 'its name begins with a dot';
  return systemFile.test(name) ? 'an operating system or program left it' : undefined;
}

/** The names that WinSCP, FileZilla, curl, rsync, browsers and editors give to a file that is not complete. */
const uploadUnderWay = /\.(part|partial|filepart|tmp|temp|crdownload|download|swp)$/i;

/** Office's lock files; what Windows and macOS put beside files. */
const systemFile = /(^|\/)(~\$[^/]*|thumbs\.db|desktop\.ini|__MACOSX\/.*)$/i;
