/** Ink and paper of a color scheme: ground, card, border, text, faint text, line; then the changes. */
const LIGHT = {
  ground: "#ffffff",
  card: "#f6f8fa",
  border: "#d0d7de",
  text: "#1f2328",
  faint: "#59636e",
  line: "#6e7781",
  create: "#1a7f37",
  update: "#9a6700",
  replace: "#8250df",
  delete: "#cf222e",
  sign: "#ffffff",
};
const DARK: typeof LIGHT = {
  ground: "#0d1117",
  card: "#161b22",
  border: "#3d444d",
  text: "#f0f6fc",
  faint: "#9198a1",
  line: "#848d97",
  create: "#3fb950",
  update: "#d29922",
  replace: "#ab7df8",
  delete: "#f85149",
  sign: "#0d1117",
};

const variables = (colors: typeof LIGHT): string =>
  Object.entries(colors)
    .map(([name, color]) => `--${name}:${color}`)
    .join(";");

const changes = (["create", "update", "replace", "delete"] as const)
  .map((change) => `.${change}{--change:var(--${change})}`)
  .join("");

/** Style of the drawing in both color schemes. A deletion has a broken border besides its color. */
export const STYLE = [
  `svg{${variables(LIGHT)};font-family:system-ui,-apple-system,"Segoe UI",Helvetica,Arial,sans-serif}`,
  `@media (prefers-color-scheme:dark){svg{${variables(DARK)}}}`,
  ".ground{fill:var(--ground)}",
  ".head{font-size:18px;font-weight:600;fill:var(--text)}",
  ".sides{font-size:13px;fill:var(--faint)}",
  ".card{fill:var(--card);stroke:var(--change,var(--border));stroke-width:1.5}",
  ".bar{fill:var(--change)}",
  ".delete .card{stroke-dasharray:5 3}",
  ".title{font-size:14px;font-weight:600;fill:var(--text)}",
  ".detail{font-size:12px;fill:var(--faint)}",
  ".same .title,.same .detail{text-anchor:middle}",
  ".word{font-size:12px;fill:var(--faint)}",
  ".sign{font-size:15px;font-weight:700;fill:var(--sign);text-anchor:middle}",
  ".way{fill:none;stroke:var(--change,var(--line));stroke-width:1.5}",
  ".aside .way{stroke-dasharray:4 4;stroke-width:1.2}",
  ".tip{fill:var(--change,var(--line))}",
  ".label{font-size:11px;fill:var(--faint);text-anchor:middle;paint-order:stroke;stroke:var(--ground);stroke-width:4px}",
  changes,
].join("");
