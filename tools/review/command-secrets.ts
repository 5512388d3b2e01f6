/** What a shell, a template or a reader fills in is no secret that somebody wrote down. */
const WRITTEN = "(?![$`<{(\\\\])";

/** What stands before in the same command, over continued lines; bounded, so that a search stays linear. */
const BEFORE = String.raw`(?:(?!&&)[^|;\n]|\\\n){0,400}`;

/** Within single quotes a shell fills in nothing, but a template may: `${{ secrets.X }}`. */
const WRITTEN_WHOLE = "(?!\\$[{(]|[`<{(\\\\])";

/** A value behind a place, in quotes of either kind, those of a JSON text included, or without. */
function secretAfter(place: (quote: string) => string, unless = ""): RegExp {
  return new RegExp(
    [
      String.raw`(?<=${place("'")})${unless}${WRITTEN_WHOLE}[^'\n]+`,
      String.raw`(?<=${place(String.raw`\\?"`)})${unless}${WRITTEN}[^"\n]+?(?=\\?"|\n|$)`,
      String.raw`(?<=${place("")})${unless}${WRITTEN}[^\s"'|;&]+`,
    ].join("|"),
    "g",
  );
}

/** `-u`, also behind other options of one letter: `-sku`. */
const SHORT_USER = "-[A-Za-z]{0,16}u";

/** A name behind the option that takes it with its password; a quote is around both or the password. */
const USER = (quote: string): string =>
  String.raw`(?<![\w-])(?:${SHORT_USER}\s{0,4}|--(?:proxy-)?user(?:=|\s{1,4}))(?:${quote}${NAME}:|${NAME}:${quote})`;

const NAME = String.raw`[\w.@+-]{1,128}`;

/** Stands in every text that COMMAND_SECRETS find something in, and in few others. */
export const OPTION = new RegExp(String.raw`(?<![\w-])(?:-[-p]|${SHORT_USER})`);

/**
 * Passwords where commands take them as an argument, the part alone that is secret: `curl -u name:…`,
 * `mysql -p…`, `--password …`, `--token …`. A user and a group (`docker run -u 1000:1000`) are none, and a port is none.
 */
export const COMMAND_SECRETS: readonly RegExp[] = [
  secretAfter((quote) => String.raw`\b(?:curl|wget)\b${BEFORE}${USER(quote)}`),
  // Whatever the command, as a line before may have it: no group, port or path, and no user of a container.
  secretAfter(
    USER,
    String.raw`(?!\d+(?![^\s"'\\])|\/)(?<!\b(?:docker|podman|nerdctl|kubectl|chroot)\b${BEFORE})`,
  ),
  secretAfter(
    (quote) => String.raw`\b(?:mysql|mariadb)[\w-]{0,20}${BEFORE}\s-p${quote}`,
    String.raw`(?!\d{1,5}:\d)`,
  ),
  secretAfter(
    (quote) =>
      String.raw`(?<![\w-])--(?:\w[\w-]{0,40}-)?(?:password|passwd|passphrase|token|api-key)(?:=|\s{1,4})${quote}`,
    "(?!-)",
  ),
];
