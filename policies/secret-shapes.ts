/** What a text looks like that is a secret whatever it is called; each pattern is linear in the text. */
const SHAPES: readonly (readonly [what: string, pattern: RegExp])[] = [
  ["an AWS access key id", /(?<![A-Z0-9])A(?:KIA|SIA)[A-Z0-9]{16}(?![A-Z0-9])/],
  ["an AWS secret access key", /aws_secret_access_key["']?\s{0,8}[=:]/i],
  ["a private key", /-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY/],
  ["a JSON Web Token", /eyJ[\w-]{8,512}\.eyJ[\w-]{8}/],
  ["a GitHub token", /gh[pousr]_[A-Za-z0-9]{36}|github_pat_\w{22}/],
  ["a GitLab token", /glpat-[\w-]{20}/],
  ["an npm token", /npm_[A-Za-z0-9]{36}/],
  ["a Slack token", /xox[abeprs]-[\w-]{10}/],
  ["a Stripe key", /[sr]k_live_[A-Za-z0-9]{16}/],
  ["a Google API key", /AIza[\w-]{35}/],
  // A placeholder is filled in from a real secret.
  ["a password in a URL", /:\/\/[^\s/:@]{0,256}:(?![$<{])[^\s/@]{1,512}@/],
];

/** What kind of secret a text holds, for example `a private key`, or undefined; never the secret itself. */
export function secretShapeOf(text: string): string | undefined {
  return SHAPES.find(([, pattern]) => pattern.test(text))?.[0];
}
